package sandbox

import (
	"os/exec"
	"slices"
	"strings"
)

const (
	operatorChain = "CONCOURSE-OPERATOR"
	forwardChain  = "CNI-FORWARD" // shared by every network that CNI plugins make
)

// removeRules removes the iptables rules and chains that the worker and its CNI plugins made, which
// they leave even when they end well, and no others.
func removeRules() error {
	saved, err := run(exec.Command("iptables-save"))
	if err != nil {
		return err
	}
	restore := exec.Command("iptables-restore", "--noflush")
	restore.Stdin = strings.NewReader(deletions(saved))
	_, err = run(restore)
	return err
}

// deletions are the commands for iptables-restore that delete the sandbox's part of what iptables-save says.
func deletions(saved string) string {
	var out strings.Builder
	for table := range strings.SplitSeq(saved, "COMMIT\n") {
		rules, chains := ours(table)
		if len(chains) == 0 {
			continue
		}
		name := table[strings.Index(table, "*"):]
		out.WriteString(name[:strings.Index(name, "\n")+1])
		for _, rule := range rules {
			out.WriteString(strings.Replace(rule, "-A", "-D", 1))
		}
		for _, chain := range chains {
			out.WriteString("-X " + chain + "\n")
		}
		out.WriteString("COMMIT\n")
	}
	return out.String()
}

// ours are the sandbox's rules in one table of iptables-save, and the chains that are then empty.
func ours(table string) (rules, chains []string) {
	shared := false
	for rule := range strings.Lines(table) {
		if strings.HasPrefix(rule, ":"+operatorChain) {
			chains = append(chains, operatorChain)
		}
		if !strings.HasPrefix(rule, "-A ") {
			continue
		}
		chain := strings.Fields(rule)[1]
		switch {
		case strings.Contains(rule, operatorChain), chain == forwardChain && strings.Contains(rule, " 10.80."):
			rules = append(rules, rule)
		case strings.Contains(rule, `name: \"concourse\"`):
			rules = append(rules, rule)
			if strings.HasPrefix(chain, "CNI-") && !slices.Contains(chains, chain) {
				chains = append(chains, chain)
			}
		case chain == forwardChain:
			shared = true
		}
	}
	if strings.Contains(table, ":"+forwardChain) && !shared {
		for rule := range strings.Lines(table) {
			if strings.HasSuffix(rule, "-j "+forwardChain+"\n") {
				rules = append(rules, rule)
			}
		}
		chains = append(chains, forwardChain)
	}
	return rules, chains
}
