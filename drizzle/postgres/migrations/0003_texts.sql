CREATE TABLE "source_texts" (
	"tracker_id" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"bytes" bigint NOT NULL,
	"by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"packed" "bytea" NOT NULL,
	"sum" text COLLATE "C" NOT NULL,
	"redacted_at" bigint,
	CONSTRAINT "source_texts_tracker_id_hash_pk" PRIMARY KEY("tracker_id","hash")
);
--> statement-breakpoint
ALTER TABLE "source_texts" ADD CONSTRAINT "source_texts_tracker_id_trackers_id_fk" FOREIGN KEY ("tracker_id") REFERENCES "public"."trackers"("id") ON DELETE no action ON UPDATE no action;