/* SPDX-License-Identifier: GPL-2.0-only */
/* Nothing of the module machinery is needed in user space. */
