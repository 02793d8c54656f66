/* SPDX-License-Identifier: GPL-2.0-only */
/* Actors: forked processes that follow orders, so that a test can direct parents of zombies. */
#ifndef ACTOR_H
#define ACTOR_H

#include <pthread.h>
#include <sys/types.h>

struct actor {
	pid_t pid;
	int calls;
	int answers;
};

/* A scene runs inside the actor; its return value and errno come back. */
typedef long (*scene)(long argument);

/* Start an actor; it is killed when its parent, the test, ends. */
struct actor actor_start(void);

/*
 * Start an actor with the flags of clone(2): with CLONE_NEWPID it is the init of a
 * container. With CLONE_NEWUSER its root is user 100000 outside.
 */
struct actor actor_start_in(int flags);

/* End an actor and wait for it. */
void actor_end(struct actor *actor);

/* Have the actor play a scene, and wait for its end; sets errno as the actor saw it. */
long actor_play(struct actor *actor, scene play, long argument);

/* Have the actor begin a scene that may block; actor_answer() waits for its end. */
void actor_begin(struct actor *actor, scene play, long argument);
long actor_answer(struct actor *actor);

/* Wait until a child is a zombie, and leave it one; gives its PID. */
pid_t await_zombie_child(pid_t pid);

/* fork(), but the child gets this number, which must be free. The C library does not know the child. */
pid_t fork_numbered(pid_t pid);

/* Start a thread that sleeps until it is cancelled; gives its number. */
pid_t start_sleeping_thread(pthread_t *id);

/* Lift the machine's limits for tasks, and this user's. */
void tasks_unlimited(void);

/* Scenes. Those that make a zombie return its PID once it is a zombie. */
long make_zombie(long exit_code);
long make_killed_zombie(long by);
long make_silent_zombie(long exit_code);	/* clone() without SIGCHLD */
long make_session_zombie(long exit_code);	/* setsid() */
long make_vfork_zombie(long exit_code);
long make_busy_zombie(long milliseconds);	/* of CPU time in user mode; 64 MiB of memory */
long make_numbered_zombie(long pid);		/* with this number, which must be free */
long make_zombie_crowd(long nr);			/* so many at once, as cheap as possible; gives the last */
long make_sleeper(long unused);			/* a living child, asleep */
long make_sleeper_crowd(long nr);		/* so many, which share memory and outlive it; gives the last */
long end_sleeper(long pid);			/* kill and collect it */
long wait_for(long pid);			/* waitpid(): the status; may block */
long become_nobody(long unused);
long become_root_inside(long unused);		/* of a user namespace */
long drop_cap_kill(long unused);			/* from the effective and permitted sets */
long wait_for_any(long unused);			/* waitpid(-1, WNOHANG): the PID */

/* Scenes: an actor starts another, its only one, gives its PID, and has it make a zombie. */
long start_inner(long unused);
long make_inner_zombie(long exit_code);

/* Scene: start threads that sleep, and block the same signals as the main thread. */
long start_threads(long nr);

#endif
