package evidence

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// Place is the bucket that keeps the reports, and how it is opened.
type Place struct {
	Bucket          string       `yaml:"bucket" help:"S3 bucket that keeps the reports."`
	Prefix          string       `yaml:"prefix" help:"Folder in the bucket; its top unless given."`
	Region          string       `yaml:"region" help:"AWS region of the bucket; where the AWS SDK finds it unless given."`
	Endpoint        string       `yaml:"endpoint" help:"Address of another S3 server; buckets are in the path."`
	AccessKeyID     fetch.Secret `yaml:"access_key_id" help:"AWS access key; the SDK's own chain, as the worker's role, unless given."`
	SecretAccessKey fetch.Secret `yaml:"secret_access_key" help:"Secret of the access key."`
	SessionToken    fetch.Secret `yaml:"session_token" help:"Token of a temporary access key."`
	RoleARN         string       `yaml:"role_arn" help:"Role to assume with these credentials."`
}

// Problems tells all that is wrong.
func (p Place) Problems() []error { return p.problems(strings.ToLower) }

// problems names the keys as whoever gave them writes them.
func (p Place) problems(name func(string) string) (problems []error) {
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if p.Bucket == "" {
		wrong("%s is missing: name the bucket that keeps the reports", name("BUCKET"))
	}
	if p.Prefix != "" && !safe(p.Prefix) {
		wrong("%s wants names of letters, digits, . _ and -, with / between them, not %q", name("PREFIX"), p.Prefix)
	}
	if _, ok := fetch.Address(p.Endpoint); p.Endpoint != "" && !ok {
		wrong("%s wants an address such as https://s3.example.gov, not %q", name("ENDPOINT"), p.Endpoint)
	}
	if p.AccessKeyID.IsZero() != p.SecretAccessKey.IsZero() {
		wrong("%s and %s go together: give both, or neither for the worker's own role", name("ACCESS_KEY_ID"), name("SECRET_ACCESS_KEY"))
	}
	return problems
}

// part is a name that is safe as a part of a path.
var part = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// Problems tells all that is wrong.
func (l Line) Problems() (problems []error) {
	for _, named := range []struct{ key, value string }{{"scope", l.Scope}, {"check", l.Check}} {
		if !part.MatchString(named.value) {
			problems = append(problems, fmt.Errorf("%s wants letters, digits, . _ and -, as the report has it, not %q", named.key, named.value))
		}
	}
	return problems
}

func safe(path string) bool {
	for name := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if !part.MatchString(name) {
			return false
		}
	}
	return true
}

// Parameters are what a task is told of the place; all empty where no reports are kept.
type Parameters struct {
	EvidenceBucket          string       `env:"EVIDENCE_BUCKET" help:"S3 bucket that keeps the reports; left out, and said so, when empty."`
	EvidencePrefix          string       `env:"EVIDENCE_PREFIX" help:"Folder in the bucket."`
	EvidenceRegion          string       `env:"EVIDENCE_REGION" help:"AWS region of the bucket."`
	EvidenceEndpoint        string       `env:"EVIDENCE_ENDPOINT" help:"Address of another S3 server; buckets are in the path."`
	EvidenceAccessKeyID     fetch.Secret `env:"EVIDENCE_ACCESS_KEY_ID" help:"AWS access key; the worker's own role is used without one."`
	EvidenceSecretAccessKey fetch.Secret `env:"EVIDENCE_SECRET_ACCESS_KEY" help:"Secret of the access key."`
	EvidenceRoleARN         string       `name:"evidence-role-arn" env:"EVIDENCE_ROLE_ARN" help:"Role to assume for the bucket."`
}

// Place is the place that the parameters mean.
func (p Parameters) Place() Place {
	return Place{
		Bucket: p.EvidenceBucket, Prefix: p.EvidencePrefix, Region: p.EvidenceRegion, Endpoint: p.EvidenceEndpoint,
		AccessKeyID: p.EvidenceAccessKeyID, SecretAccessKey: p.EvidenceSecretAccessKey, RoleARN: p.EvidenceRoleARN,
	}
}

// Problems tells all that is wrong. Without a bucket the rest must be empty too, or somebody forgot it.
func (p Parameters) Problems() []error {
	if p == (Parameters{}) {
		return nil
	}
	if p.EvidenceBucket == "" && p.EvidenceAccessKeyID.IsZero() {
		return []error{errors.New("EVIDENCE_BUCKET is missing, and other parameters of the evidence are given: name the bucket, or leave all of them empty")}
	}
	return p.Place().problems(func(key string) string { return "EVIDENCE_" + key })
}
