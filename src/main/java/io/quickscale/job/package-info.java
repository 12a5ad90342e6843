/**
 * Orders in the background: kept in the database in the transaction that holds their credits,
 * worked on by any node, and gone on with by another one when that dies. {@link
 * io.quickscale.job.JobDesk} is the door for callers.
 */
package io.quickscale.job;
