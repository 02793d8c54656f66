// SPDX-License-Identifier: Apache-2.0
package org.zreap.diagnosis;

import java.util.Optional;

/**
 * A container, as far as the names of cgroups and the engine's monitor process tell.
 *
 * <p>Immutable and so thread-safe.
 *
 * @param engine what runs it
 * @param id its ID, or its name where the engine uses names
 * @param podUid the UID of its Kubernetes pod
 */
public record Container(Engine engine, String id, Optional<String> podUid) {

    private static final int SHORT_ID = 12;

    /**
     * The ID as container tools show it.
     *
     * @return the first 12 characters, or all if there are fewer
     */
    public String shortId() {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    /** The software that runs a container. */
    public enum Engine {
        /** Docker. */
        DOCKER("Docker"),
        /** containerd, through its CRI plugin, ctr or nerdctl. */
        CONTAINERD("containerd"),
        /** CRI-O. */
        CRI_O("CRI-O"),
        /** Podman. */
        PODMAN("Podman"),
        /** LXC, LXD or Incus, which name cgroups alike. */
        LXC("LXC, LXD or Incus"),
        /** Proxmox VE. */
        PROXMOX("Proxmox"),
        /** systemd-nspawn. */
        NSPAWN("systemd-nspawn"),
        /** BuildKit, a step of an image build. */
        BUILDKIT("BuildKit"),
        /** Amazon ECS. */
        ECS("Amazon ECS"),
        /** Garden, of Cloud Foundry. */
        GARDEN("Garden"),
        /** A job of GitHub Actions. */
        GITHUB_ACTIONS("GitHub Actions"),
        /** HashiCorp Nomad. */
        NOMAD("Nomad"),
        /** Apache Mesos. */
        MESOS("Mesos"),
        /** Kubernetes names it, and not the engine below. */
        KUBERNETES("Kubernetes"),
        /** Something else, or an engine whose containers got cgroups of another name. */
        UNKNOWN("an engine that zreap cannot tell");

        private final String label;

        Engine(String label) {
            this.label = label;
        }

        /**
         * A name for people.
         *
         * @return such as {@code CRI-O}
         */
        public String label() {
            return label;
        }
    }
}
