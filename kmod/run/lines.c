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

/* Go on to a line with something to do. Returns false at the end of the text. */
static bool advance(struct lines *lines)
{
	struct request_line *line = &lines->line;
	struct request_error error;

	return line->nr_targets || line->order.all ||
	       request_next_line(&lines->text, line, &error) > 0;
}

/* add_targets() has gone on to the next target, if there is one before an "all". */
static bool has_more(const struct supply *supply, const struct batch *batch)
{
	const struct request_line *line = &container_of(supply, struct lines, supply)->line;

	return line->nr_targets && runner_may_hand_over(batch, &line->order);
}

static void add_targets(struct lines *lines, struct batch *batch)
{
	struct request_line *line = &lines->line;
	struct request_target wanted;

	while (advance(lines) && batch_fits(batch, &line->order) &&
	       request_next_target(line, &wanted)) {
		batch_add(batch, lines->opener, &line->order, &wanted);
		cond_resched();
	}
}

static void fill(struct supply *supply, struct batch *batch)
{
	add_targets(container_of(supply, struct lines, supply), batch);
}

static int run_list(struct lines *lines, struct batch *batch)
{
	add_targets(lines, batch);
	return runner_flush(batch, &lines->supply);
}

static int run_all(struct lines *lines, struct batch *batch)
{
	int err = sweeper_run(batch, lines->opener, &lines->line.order);

	/* It is done. */
	lines->line.order.all = false;
	return err;
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
