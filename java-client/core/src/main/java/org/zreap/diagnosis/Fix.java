// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

/**
 * What somebody can change so that no such zombie comes again.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param audience who can change it
 * @param text what to change, in a sentence
 */
public record Fix(Audience audience, String text) {

    /** Who can apply a fix. */
    public enum Audience {
        /** Who runs the machine, now. */
        OPERATOR("operator"),
        /** Who owns the container image, the start script or the unit file. */
        IMAGE_OWNER("image"),
        /** Who writes the parent's program. */
        AUTHOR("author");

        private final String label;

        Audience(String label) {
            this.label = label;
        }

        /**
         * A short word for people.
         *
         * @return the word
         */
        public String label() {
            return label;
        }
    }
}
