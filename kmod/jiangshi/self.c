// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's own paths to /proc/self. */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/namei.h>
#include <linux/path.h>
#include <linux/string.h>

#include "../compat/filldir.h"
#include "self.h"

bool self_looks_up(const char *name)
{
	struct path path;
	char text[64];

	if (snprintf(text, sizeof(text), "/proc/self/%s", name) >= sizeof(text) ||
	    kern_path(text, 0, &path))
		return false;
	d_drop(path.dentry);
	path_put(&path);
	return true;
}

struct listing {
	struct dir_context context;
	const char *wanted;
	unsigned int times;
	bool last;
};

static filldir_result take_name(struct dir_context *context, const char *name, int len,
				loff_t offset, u64 ino, unsigned int type)
{
	struct listing *listing = container_of(context, struct listing, context);

	listing->last = len == strlen(listing->wanted) && !memcmp(name, listing->wanted, len);
	listing->times += listing->last;
	return FILLDIR_GO_ON;
}

bool self_lists(const char *name)
{
	struct listing listing = { .context.actor = take_name, .wanted = name };
	struct file *dir = filp_open("/proc/self", O_RDONLY | O_DIRECTORY, 0);
	int err;

	if (IS_ERR(dir))
		return false;
	err = iterate_dir(dir, &listing.context);
	fput(dir);
	return !err && listing.last && listing.times == 1;
}
