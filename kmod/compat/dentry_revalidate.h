/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ZREAP_COMPAT_DENTRY_REVALIDATE_H
#define ZREAP_COMPAT_DENTRY_REVALIDATE_H

#include <linux/dcache.h>

static inline int revalidate_by_dentry(int (*revalidate)(struct dentry *, unsigned int),
				       struct dentry *dentry)
{
	return revalidate(dentry, 0);
}

static inline int revalidate_by_name(int (*revalidate)(struct inode *, const struct qstr *,
						       struct dentry *, unsigned int),
				     struct dentry *dentry)
{
	return revalidate(d_inode(dentry->d_parent), &dentry->d_name, dentry, 0);
}

/*
 * dentry_revalidate() - ask a dentry's file system whether it still holds
 *
 * Since 5be1fa8abd7b ("Pass parent directory inode and expected name to
 * ->d_revalidate()"), Linux 6.14, there are two more arguments.
 */
#define dentry_revalidate(dentry)							\
	__builtin_choose_expr(								\
		__same_type((dentry)->d_op->d_revalidate,				\
			    int (*)(struct dentry *, unsigned int)),			\
		revalidate_by_dentry, revalidate_by_name)				\
	((dentry)->d_op->d_revalidate, dentry)

#endif
