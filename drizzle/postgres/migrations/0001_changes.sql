CREATE TABLE "change_marks" (
	"document" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"state_seq" bigint NOT NULL,
	"state" "bytea"
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"document" text COLLATE "C" NOT NULL,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"account" text COLLATE "C" NOT NULL,
	"address" text COLLATE "C" NOT NULL,
	"issue" text COLLATE "C",
	"party" text COLLATE "C",
	"field" text COLLATE "C" NOT NULL,
	"before" text COLLATE "C" NOT NULL,
	"after" text COLLATE "C" NOT NULL,
	"restore" text COLLATE "C",
	CONSTRAINT "changes_document_first_seq_address_pk" PRIMARY KEY("document","first_seq","address")
);
--> statement-breakpoint
ALTER TABLE "change_marks" ADD CONSTRAINT "change_marks_document_documents_name_fk" FOREIGN KEY ("document") REFERENCES "public"."documents"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_document_documents_name_fk" FOREIGN KEY ("document") REFERENCES "public"."documents"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "changes_newest" ON "changes" USING btree ("document","last_seq");--> statement-breakpoint
CREATE INDEX "changes_cell" ON "changes" USING btree ("document","issue","party","last_seq");--> statement-breakpoint
CREATE INDEX "changes_open" ON "changes" USING btree ("document","last_at");