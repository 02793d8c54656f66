/* SPDX-License-Identifier: GPL-2.0-only */
/* Rows as netlink attributes. */
#ifndef ZREAP_GENL_ROW_H
#define ZREAP_GENL_ROW_H

#include <linux/skbuff.h>

#include "text/row.h"

/* No row is longer as attributes, the nest included. */
#define GENL_ROW_BYTES 512

/**
 * genl_put_row() - append a row as the nested attribute ZREAP_A_ROW
 * @skb: a message under construction
 * @row: its cells; those that are absent have no attribute
 *
 * Context: process.
 * Return: 0, or -EMSGSIZE with nothing appended.
 */
int genl_put_row(struct sk_buff *skb, const struct row *row);

#endif
