package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

// The worker names its bridge so, and nothing can change that; it takes one that exists as it is.
// The sandbox makes it beforehand so that servers can listen on it and on nothing else.
const (
	bridge  = "concourse0"
	network = "10.80.0.0/16"
	host    = "10.80.0.1"
)

// A bridge takes the lowest hardware address of its ports, and forgets it when that port goes:
// containers that know the old one lose the host for half a minute. One that is given stays, and
// tells that the bridge is ours to remove.
const hardwareAddress = "02:00:0a:50:00:01"

func (sb *Sandbox) startNetwork(ctx context.Context) error {
	for _, command := range []string{
		"link add " + bridge + " address " + hardwareAddress + " type bridge",
		"address add " + host + "/16 dev " + bridge,
		"link set " + bridge + " up",
	} {
		if _, err := run(exec.CommandContext(ctx, "ip", strings.Fields(command)...)); err != nil {
			return err
		}
	}
	return nil
}

func removeBridge() error {
	address, err := os.ReadFile("/sys/class/net/" + bridge + "/address")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if strings.TrimSpace(string(address)) != hardwareAddress {
		return fmt.Errorf("the network interface %s is there and the sandbox did not make it: "+
			"end the Concourse worker on this machine, or run: ip link delete %[1]s", bridge)
	}
	_, err = run(exec.Command("ip", "link", "delete", bridge))
	return err
}

// serve answers on a free port of the bridge, for containers and this machine, until the sandbox ends.
func (sb *Sandbox) serve(handler http.Handler) (address string, err error) {
	listener, err := net.Listen("tcp", host+":0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	sb.undo = append(sb.undo, func() { _ = server.Close() })
	return listener.Addr().String(), nil
}
