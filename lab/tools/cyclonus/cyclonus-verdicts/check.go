package main

import (
	"fmt"
	"net/netip"

	"github.com/mattfenwick/cyclonus/pkg/kube"
	"github.com/mattfenwick/cyclonus/pkg/matcher"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// check finds what cyclonus passes over, or sees only when some traffic comes to it.
func check(policy *networking.NetworkPolicy, found *selectors) error {
	if policy.APIVersion != networking.SchemeGroupVersion.String() || policy.Kind != "NetworkPolicy" {
		return fmt.Errorf("%s of %s is no NetworkPolicy", policy.Kind, policy.APIVersion)
	}
	for _, direction := range policy.Spec.PolicyTypes {
		if direction != networking.PolicyTypeIngress && direction != networking.PolicyTypeEgress {
			return fmt.Errorf("policy type %q is not known", direction)
		}
	}
	if err := found.add(&found.pods, &policy.Spec.PodSelector); err != nil {
		return err
	}
	for _, rule := range policy.Spec.Ingress {
		if err := checkRule(rule.From, rule.Ports, found); err != nil {
			return err
		}
	}
	for _, rule := range policy.Spec.Egress {
		if err := checkRule(rule.To, rule.Ports, found); err != nil {
			return err
		}
	}
	return nil
}

func checkRule(peers []networking.NetworkPolicyPeer, ports []networking.NetworkPolicyPort, found *selectors) error {
	for _, port := range ports {
		if port.Port != nil && port.Port.Type == intstr.String {
			return fmt.Errorf("port %q has a name, and traffic has numbers only", port.Port.StrVal)
		}
		if protocol := port.Protocol; protocol != nil {
			switch *protocol {
			case core.ProtocolTCP, core.ProtocolUDP, core.ProtocolSCTP:
			default:
				return fmt.Errorf("protocol %q is not known", *protocol)
			}
		}
	}
	for _, peer := range peers {
		// cyclonus takes a peer with nothing for the whole namespace, and sees only the block of one with both.
		if selects := peer.PodSelector != nil || peer.NamespaceSelector != nil; selects == (peer.IPBlock != nil) {
			return fmt.Errorf("a peer must have either selectors or an ipBlock")
		}
		if err := checkBlock(peer.IPBlock); err != nil {
			return err
		}
		if err := found.add(&found.pods, peer.PodSelector); err != nil {
			return err
		}
		if err := found.add(&found.namespaces, peer.NamespaceSelector); err != nil {
			return err
		}
	}
	return nil
}

func checkBlock(block *networking.IPBlock) error {
	if block == nil {
		return nil
	}
	for _, cidr := range append([]string{block.CIDR}, block.Except...) {
		prefix, err := netip.ParsePrefix(cidr)
		if err != nil {
			return err
		}
		if prefix.Addr().Is4In6() {
			return fmt.Errorf("%s is an IPv4 range written as IPv6", cidr)
		}
	}
	return nil
}

// selector is one that a policy has, as it is written and as Kubernetes itself reads it.
type selector struct {
	written meta.LabelSelector
	read    labels.Selector
}

// selectors are those of all policies, by what they select.
type selectors struct {
	pods, namespaces []selector
}

func (s *selectors) add(to *[]selector, written *meta.LabelSelector) error {
	if written == nil {
		return nil
	}
	read, err := meta.LabelSelectorAsSelector(written)
	if err != nil {
		return err
	}
	*to = append(*to, selector{*written, read})
	return nil
}

// compare fails where cyclonus matches labels otherwise than Kubernetes does: it takes NotIn not to match
// what lacks the label, and an empty value to match it. A verdict built on that would be wrong.
func (s *selectors) compare(traffics []*matcher.Traffic) error {
	pods, namespaces := map[string]labels.Set{}, map[string]labels.Set{}
	for _, traffic := range traffics {
		for _, peer := range []*matcher.TrafficPeer{traffic.Source, traffic.Destination} {
			if peer.Internal != nil {
				pod, namespace := labels.Set(peer.Internal.PodLabels), labels.Set(peer.Internal.NamespaceLabels)
				pods[pod.String()], namespaces[namespace.String()] = pod, namespace
			}
		}
	}
	if err := compare(s.pods, pods); err != nil {
		return err
	}
	return compare(s.namespaces, namespaces)
}

func compare(selectors []selector, sets map[string]labels.Set) error {
	for _, selector := range selectors {
		for name, set := range sets {
			if kube.IsLabelsMatchLabelSelector(set, selector.written) != selector.read.Matches(set) {
				return fmt.Errorf("cyclonus misreads the selector %q for the labels %q", selector.read, name)
			}
		}
	}
	return nil
}
