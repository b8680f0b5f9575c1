CREATE TRIGGER `audit_stays` BEFORE UPDATE ON `audit` BEGIN
	SELECT RAISE(ABORT, 'rows of the audit log are not changed');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_keeps` BEFORE DELETE ON `audit` BEGIN
	SELECT RAISE(ABORT, 'rows of the audit log are not removed');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_replaces_none` BEFORE INSERT ON `audit` WHEN EXISTS (SELECT 1 FROM `audit` WHERE `seq` = NEW.`seq`) BEGIN
	SELECT RAISE(ABORT, 'rows of the audit log are not replaced');
END;
