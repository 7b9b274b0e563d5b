package bosh

import (
	"fmt"
	"slices"
	"strings"
)

// Hidden is an error that names the deployments which uploaded stemcells name and the listing does not, nil without
// any: a client with the rights of a team sees its own deployments only, and is told so by nobody.
func Hidden(listed []Deployment, uploaded []Stemcell) error {
	var hidden []string
	for _, s := range uploaded {
		for _, user := range s.Deployments {
			if !slices.ContainsFunc(listed, func(d Deployment) bool { return d.Name == user.Name }) {
				hidden = append(hidden, user.Name)
			}
		}
	}
	if len(hidden) == 0 {
		return nil
	}
	slices.Sort(hidden)
	return &trouble{fmt.Errorf("this client does not see %s, which uploaded stemcells name", strings.Join(slices.Compact(hidden), ", ")),
		"Give the client bosh.read: with the rights of a team it sees that team's deployments only."}
}
