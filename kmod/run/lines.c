// SPDX-License-Identifier: GPL-2.0-only
/* From the lines of a text to slices. */
#include <linux/sched.h>

#include "lines.h"
#include "runner.h"
#include "sweeper.h"

/**
 * struct lines - a text under way
 * @supply: the targets that are still to come, up to an "all"
 * @opener: the asker
 * @text: the lines that are still to come
 * @line: the line at hand, with what is still to do
 */
struct lines {
	struct supply supply;
	const struct opener *opener;
	struct request_text text;
	struct request_line line;
};

static struct lines *lines_of(struct supply *supply)
{
	return container_of(supply, struct lines, supply);
}

/* Go on to a line with something to do. Returns false at the end of the text. */
static bool advance(struct lines *lines)
{
	struct request_line *line = &lines->line;
	struct request_error error;

	while (!line->nr_targets && !line->order.all) {
		if (request_next_line(&lines->text, line, &error) <= 0)
			return false;
	}
	return true;
}

/* Go on to the next target. Returns false at an "all", and at the end of the text. */
static bool reach_target(struct lines *lines)
{
	return advance(lines) && !lines->line.order.all;
}

static bool has_more(struct supply *supply, const struct batch *batch)
{
	struct lines *lines = lines_of(supply);

	return reach_target(lines) && runner_may_hand_over(batch, &lines->line.order);
}

static void fill(struct supply *supply, struct batch *batch)
{
	struct lines *lines = lines_of(supply);
	struct request_line *line = &lines->line;
	struct request_target wanted;

	while (reach_target(lines) && batch_fits(batch, &line->order)) {
		if (request_next_target(line, &wanted))
			batch_add(batch, lines->opener, &line->order, &wanted);
		cond_resched();
	}
}

static int run_list(struct lines *lines, struct batch *batch)
{
	fill(&lines->supply, batch);
	return runner_flush(batch, &lines->supply);
}

static int run_all(struct lines *lines, struct batch *batch)
{
	const struct order order = lines->line.order;

	lines->line = (struct request_line){};
	return sweeper_run(batch, lines->opener, &order);
}

int lines_run(struct batch *batch, const struct opener *opener, struct request_text text)
{
	struct lines lines = {
		.supply = { .has_more = has_more, .fill = fill },
		.opener = opener,
		.text = text,
	};
	int err = 0;

	while (!err && advance(&lines))
		err = lines.line.order.all ? run_all(&lines, batch) : run_list(&lines, batch);
	return err;
}
