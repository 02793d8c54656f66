// SPDX-License-Identifier: Apache-2.0

/**
 * The examples of docs/cookbook.md: {@code CookbookTest} sees that they are the same,
 * {@code CookbookIT} runs them.
 */
package org.zreap.cookbook;
