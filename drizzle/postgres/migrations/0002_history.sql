CREATE TABLE "redactions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"tracker_id" text COLLATE "C" NOT NULL,
	"by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"places" json NOT NULL,
	"done_at" bigint
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"tracker_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"address" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "reviews_tracker_id_account_id_address_pk" PRIMARY KEY("tracker_id","account_id","address")
);
--> statement-breakpoint
CREATE TABLE "sign_offs" (
	"snapshot_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"note" text COLLATE "C" NOT NULL,
	CONSTRAINT "sign_offs_snapshot_id_account_id_pk" PRIMARY KEY("snapshot_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"tracker_id" text COLLATE "C" NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"baseline_seq" bigint NOT NULL,
	"baseline_at" bigint NOT NULL,
	"seen_seq" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	"reviewed_seq" bigint NOT NULL,
	CONSTRAINT "visits_tracker_id_account_id_pk" PRIMARY KEY("tracker_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "movement" bigint;--> statement-breakpoint
ALTER TABLE "snapshots" ADD COLUMN "pinned" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "snapshots" ADD COLUMN "stands_for" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "redactions" ADD CONSTRAINT "redactions_tracker_id_trackers_id_fk" FOREIGN KEY ("tracker_id") REFERENCES "public"."trackers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_tracker_id_trackers_id_fk" FOREIGN KEY ("tracker_id") REFERENCES "public"."trackers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_offs" ADD CONSTRAINT "sign_offs_snapshot_id_snapshots_id_fk" FOREIGN KEY ("snapshot_id") REFERENCES "public"."snapshots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_tracker_id_trackers_id_fk" FOREIGN KEY ("tracker_id") REFERENCES "public"."trackers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "redactions_tracker" ON "redactions" USING btree ("tracker_id","at");