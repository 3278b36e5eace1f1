// Command cyclonus-verdicts says of every traffic in a file whether cyclonus finds that the NetworkPolicies
// in a folder allow it: `cyclonus-verdicts <folder> <file>` prints a JSON list of booleans in the file's
// order. The folder and the file are those of `cyclonus analyze --mode query-traffic`, whose own answer is
// a table for each traffic. What cyclonus would read wrongly, or pass over, is an error here.
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/mattfenwick/cyclonus/pkg/kube"
	"github.com/mattfenwick/cyclonus/pkg/matcher"
	networking "k8s.io/api/networking/v1"
)

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: cyclonus-verdicts <folder of policies> <file of traffic>"))
	}
	verdicts, err := judge(os.Args[1], os.Args[2])
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(verdicts); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func judge(folder, file string) ([]bool, error) {
	policies, found, err := readPolicies(folder)
	if err != nil {
		return nil, err
	}
	traffics, err := readTraffic(file)
	if err != nil {
		return nil, err
	}
	if err := found.compare(traffics); err != nil {
		return nil, err
	}
	verdicts := make([]bool, len(traffics))
	for i, traffic := range traffics {
		verdicts[i] = policies.IsTrafficAllowed(traffic).IsAllowed()
	}
	return verdicts, nil
}

// readPolicies reads one policy from each file, so that an error can name it.
func readPolicies(folder string) (*matcher.Policy, *selectors, error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, nil, err
	}
	policies, found := matcher.NewPolicy(), &selectors{}
	for _, file := range files {
		path := filepath.Join(folder, file.Name())
		read, err := kube.ReadNetworkPoliciesFromPath(path)
		if err != nil {
			return nil, nil, err
		}
		for _, policy := range read {
			if err := add(policies, found, policy); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", path, err)
			}
		}
		if len(read) == 0 {
			return nil, nil, fmt.Errorf("%s: holds no policy", path)
		}
	}
	return policies, found, nil
}

// add hands a policy to cyclonus, whose own complaint about an invalid one is a panic.
func add(policies *matcher.Policy, found *selectors, policy *networking.NetworkPolicy) (err error) {
	defer func() {
		if complaint := recover(); complaint != nil {
			err = fmt.Errorf("%v", complaint)
		}
	}()
	if err := check(policy, found); err != nil {
		return err
	}
	ingress, egress := matcher.BuildTarget(policy)
	if ingress != nil {
		policies.AddTarget(true, ingress)
	}
	if egress != nil {
		policies.AddTarget(false, egress)
	}
	return nil
}

func readTraffic(file string) ([]*matcher.Traffic, error) {
	opened, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	var traffics []*matcher.Traffic
	decoder := json.NewDecoder(opened)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&traffics); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for i, traffic := range traffics {
		for _, peer := range []*matcher.TrafficPeer{traffic.Source, traffic.Destination} {
			if peer == nil || net.ParseIP(peer.IP) == nil {
				return nil, fmt.Errorf("%s: traffic %d: a peer has no IP address", file, i)
			}
		}
	}
	return traffics, nil
}
