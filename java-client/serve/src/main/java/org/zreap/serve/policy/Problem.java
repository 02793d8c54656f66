// SPDX-License-Identifier: Apache-2.0
package org.zreap.serve.policy;

/**
 * A fault in a policy file.
 *
 * @param line where it is, counted from 1
 * @param column where in that line, counted from 1
 * @param message what is wrong and what would be right
 */
public record Problem(int line, int column, String message) {

    @Override
    public String toString() {
        return line + ":" + column + ": " + message;
    }
}
