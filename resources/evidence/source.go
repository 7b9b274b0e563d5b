package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
)

// source is one check in one scope, and the bucket where its reports are.
type source struct {
	Bucket          string       `yaml:"bucket" help:"S3 bucket that keeps the reports."`
	Prefix          string       `yaml:"prefix" help:"Folder in the bucket; its top unless given."`
	Scope           string       `yaml:"scope" help:"Scope of the reports: SCOPE of the task."`
	Check           string       `yaml:"check" help:"Check of the reports: the task's name."`
	Region          string       `yaml:"region" help:"AWS region of the bucket; where the AWS SDK finds it unless given."`
	Endpoint        string       `yaml:"endpoint" help:"Address of another S3 server; buckets are in the path."`
	AccessKeyID     fetch.Secret `yaml:"access_key_id" help:"AWS access key; the SDK's own chain, as the worker's role, unless given."`
	SecretAccessKey fetch.Secret `yaml:"secret_access_key" help:"Secret of the access key."`
	SessionToken    fetch.Secret `yaml:"session_token" help:"Token of a temporary access key."`
	RoleARN         string       `yaml:"role_arn" help:"Role to assume with these credentials."`
}

// part is a name that is safe as a part of a path.
var part = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// Problems tells all that is wrong.
func (s source) Problems() (problems []error) {
	if s.Bucket == "" {
		problems = append(problems, errors.New("bucket is missing: name the bucket that keeps the reports"))
	}
	if s.Prefix != "" && !safe(s.Prefix) {
		problems = append(problems, fmt.Errorf("prefix wants names of letters, digits, . _ and -, with / between them, not %q", s.Prefix))
	}
	for _, named := range []struct{ key, value string }{{"scope", s.Scope}, {"check", s.Check}} {
		if !part.MatchString(named.value) {
			problems = append(problems, fmt.Errorf("%s wants letters, digits, . _ and -, as the report has it, not %q", named.key, named.value))
		}
	}
	if _, ok := fetch.Address(s.Endpoint); s.Endpoint != "" && !ok {
		problems = append(problems, fmt.Errorf("endpoint wants an address such as https://s3.example.gov, not %q", s.Endpoint))
	}
	if s.AccessKeyID.IsZero() != s.SecretAccessKey.IsZero() {
		problems = append(problems, errors.New("access_key_id and secret_access_key go together: give both, or neither for the worker's own role"))
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

// version is a report, by the key of its object.
type version struct {
	Key string `yaml:"key"`
}

// none is the version of a check that never left a report, so that its first run can start.
const none = "none"

// Problems tells all that is wrong.
func (v version) Problems() []error {
	if v.Key == "" {
		return []error{errors.New("key is missing")}
	}
	return nil
}

// params are what a put stores.
type params struct {
	Report string `yaml:"report" help:"Folder or file of the report; where it is missing, a report is kept that says so."`
}

// Problems tells all that is wrong.
func (p params) Problems() []error {
	if p.Report == "" {
		return []error{errors.New("report is missing: name the output of the task that holds report.json")}
	}
	return nil
}
