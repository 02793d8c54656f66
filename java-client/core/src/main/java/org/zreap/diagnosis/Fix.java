// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

/**
 * A change that prevents such zombies.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param audience who can change it
 * @param text what to change, in a sentence
 */
public record Fix(Audience audience, String text) {

    /** The people who can apply a fix. */
    public enum Audience {
        /** The operator of the machine, now. */
        OPERATOR("operator"),
        /** The owner of the container image, the start script or the unit file. */
        IMAGE_OWNER("image"),
        /** The author of the parent's program. */
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
