// SPDX-License-Identifier: Apache-2.0

/**
 * Tests that need the kernel module, and what they share. They run as root in a guest that has it
 * loaded ({@code java-client/it/run}); without the module they fail.
 */
package org.zreap.it;
