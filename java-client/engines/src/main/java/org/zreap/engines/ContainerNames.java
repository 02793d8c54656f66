// SPDX-License-Identifier: Apache-2.0
package org.zreap.engines;

import java.util.Optional;

/**
 * What the engine of a container calls it. The user of the engine has chosen these names.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param name the name of the container; in a pod, its name in the pod
 * @param image the image, as the container was made from it: a name, or a digest
 * @param pod the name of the Kubernetes pod
 * @param podNamespace the Kubernetes namespace of the pod
 */
public record ContainerNames(
        Optional<String> name, Optional<String> image, Optional<String> pod, Optional<String> podNamespace) {

    /** Nothing is known. */
    public static final ContainerNames NONE =
            new ContainerNames(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
