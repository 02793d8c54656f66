// SPDX-License-Identifier: GPL-2.0-only
/* Cells as attributes. */
#include <net/netlink.h>

#include "genl_row.h"
#include "uapi/zreap_genl.h"

static const struct {
	u16 type;
	u16 size; /* of a number; a text has none */
} attributes[NR_COLUMNS] = {
	[COL_TIME_MS] = { ZREAP_A_ROW_TIME_MS, sizeof(u64) },
	[COL_VERB] = { ZREAP_A_ROW_VERB },
	[COL_CALLER] = { ZREAP_A_ROW_CALLER, sizeof(u32) },
	[COL_CALLER_UID] = { ZREAP_A_ROW_CALLER_UID, sizeof(u32) },
	[COL_PID] = { ZREAP_A_ROW_PID, sizeof(u32) },
	[COL_RESULT] = { ZREAP_A_ROW_RESULT },
	[COL_STATE] = { ZREAP_A_ROW_STATE },
	[COL_SPARED] = { ZREAP_A_ROW_SPARED },
	[COL_ERRNO] = { ZREAP_A_ROW_ERRNO, sizeof(u32) },
	[COL_STATUS] = { ZREAP_A_ROW_STATUS, sizeof(u32) },
	[COL_UTIME_US] = { ZREAP_A_ROW_UTIME_US, sizeof(u64) },
	[COL_STIME_US] = { ZREAP_A_ROW_STIME_US, sizeof(u64) },
	[COL_MAXRSS_KB] = { ZREAP_A_ROW_MAXRSS_KB, sizeof(u64) },
	[COL_AGE_MS] = { ZREAP_A_ROW_AGE_MS, sizeof(u64) },
	[COL_THREADS] = { ZREAP_A_ROW_THREADS, sizeof(u32) },
	[COL_TRACER] = { ZREAP_A_ROW_TRACER, sizeof(u32) },
	[COL_ADOPTER] = { ZREAP_A_ROW_ADOPTER, sizeof(u32) },
	[COL_PPID] = { ZREAP_A_ROW_PPID, sizeof(u32) },
	[COL_UID] = { ZREAP_A_ROW_UID, sizeof(u32) },
	[COL_START] = { ZREAP_A_ROW_START, sizeof(u64) },
	[COL_PARENT] = { ZREAP_A_ROW_PARENT },
	[COL_COMM] = { ZREAP_A_ROW_COMM },
};

static int put_number(struct sk_buff *skb, enum column column, u64 number)
{
	u32 narrow = number;

	if (attributes[column].size == sizeof(u64))
		return nla_put(skb, attributes[column].type, sizeof(number), &number);
	return nla_put(skb, attributes[column].type, sizeof(narrow), &narrow);
}

static int put_text(struct sk_buff *skb, enum column column, const char *text)
{
	char escaped[ROW_NAME_BYTES];

	row_escape(text, column != COL_COMM, escaped, sizeof(escaped));
	return nla_put_string(skb, attributes[column].type, escaped);
}

static int put_cells(struct sk_buff *skb, const struct row *row)
{
	enum column column;
	int err = 0;

	for (column = 0; column < NR_COLUMNS && !err; column++) {
		switch (row->cells[column].kind) {
		case CELL_NUMBER:
			err = put_number(skb, column, row->cells[column].number);
			break;
		case CELL_TEXT:
			err = put_text(skb, column, row->cells[column].text);
			break;
		case CELL_ABSENT:
			break;
		}
	}
	return err;
}

int genl_put_row(struct sk_buff *skb, const struct row *row)
{
	struct nlattr *nest = nla_nest_start(skb, ZREAP_A_ROW);

	if (!nest)
		return -EMSGSIZE;
	if (put_cells(skb, row)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}
