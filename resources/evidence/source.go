package main

import (
	"errors"

	"github.com/cloud-gov/platform-checklist/internal/evidence"
)

// source is one check in one scope, and the bucket where its reports are.
type source struct {
	Scope          string `yaml:"scope" help:"Scope of the reports: SCOPE of the task."`
	Check          string `yaml:"check" help:"Check of the reports: the task's name."`
	evidence.Place `yaml:",inline"`
}

func (s source) line() evidence.Line { return evidence.Line{Scope: s.Scope, Check: s.Check} }

// Problems tells all that is wrong.
func (s source) Problems() []error { return append(s.line().Problems(), s.Place.Problems()...) }

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
