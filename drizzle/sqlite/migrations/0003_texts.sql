CREATE TABLE `source_texts` (
	`tracker_id` text NOT NULL,
	`hash` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`bytes` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`packed` blob NOT NULL,
	`sum` text NOT NULL,
	`redacted_at` integer,
	PRIMARY KEY(`tracker_id`, `hash`),
	FOREIGN KEY (`tracker_id`) REFERENCES `trackers`(`id`) ON UPDATE no action ON DELETE no action
);
