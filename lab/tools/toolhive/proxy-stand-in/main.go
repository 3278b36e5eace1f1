// Command proxy-stand-in does, for proxy pods that only seem to run, what the real proxy does first: it
// makes the backend's StatefulSet and Services, with ToolHive's own code, out of the run
// configuration and arguments that the operator wrote, and under the proxy's own ServiceAccount. It
// serves no MCP. The lab runs it beside kwok, where no process runs in a pod; without a StatefulSet
// the operator reports no server Ready.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"

	workload "github.com/stacklok/toolhive/pkg/container/kubernetes"
	rt "github.com/stacklok/toolhive/pkg/container/runtime"
	"github.com/stacklok/toolhive/pkg/runner"
	"github.com/stacklok/toolhive/pkg/runtime"
)

// Labels of the Deployments that the operator makes for MCPServers.
const proxies = "app.kubernetes.io/name=mcpserver,toolhive=true"

// ToolHive's code takes the namespace from this variable, so each namespace has a process of its own.
const namespaceVariable = "POD_NAMESPACE"

const retryAfter = 2 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	config, err := clientcmd.BuildConfigFromFlags("", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	config.QPS, config.Burst = 200, 400
	client := kubernetes.NewForConfigOrDie(config)
	if namespace := os.Getenv(namespaceVariable); namespace != "" {
		standIn := &standIn{ctx: ctx, config: config, client: client, namespace: namespace, done: map[string]int64{}}
		watch(ctx, client, namespace, standIn.handle)
		return
	}
	started := map[string]bool{}
	var mutex sync.Mutex
	watch(ctx, client, metav1.NamespaceAll, func(deployment *appsv1.Deployment) {
		mutex.Lock()
		defer mutex.Unlock()
		if namespace := deployment.Namespace; !started[namespace] {
			started[namespace] = true
			go serveNamespace(ctx, namespace)
		}
	})
}

// serveNamespace keeps this program running for one namespace.
func serveNamespace(ctx context.Context, namespace string) {
	for ctx.Err() == nil {
		child := exec.CommandContext(ctx, os.Args[0], os.Args[1:]...)
		child.Cancel = func() error { return child.Process.Signal(syscall.SIGTERM) }
		child.Env = append(os.Environ(), namespaceVariable+"="+namespace)
		child.Stdout, child.Stderr = os.Stdout, os.Stderr
		child.SysProcAttr = &syscall.SysProcAttr{}
		log.Printf("namespace %s: %v", namespace, child.Run())
		time.Sleep(retryAfter)
	}
}

func watch(ctx context.Context, client kubernetes.Interface, namespace string, handle func(*appsv1.Deployment)) {
	factory := informers.NewSharedInformerFactoryWithOptions(client, 30*time.Second,
		informers.WithNamespace(namespace),
		informers.WithTweakListOptions(func(o *metav1.ListOptions) { o.LabelSelector = proxies }))
	informer := factory.Apps().V1().Deployments().Informer()
	_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { handle(object.(*appsv1.Deployment)) },
		UpdateFunc: func(_, object any) { handle(object.(*appsv1.Deployment)) },
	})
	if err != nil {
		log.Fatal(err)
	}
	factory.Start(ctx.Done())
	<-ctx.Done()
}

type standIn struct {
	ctx       context.Context
	config    *rest.Config
	client    kubernetes.Interface
	namespace string

	mutex sync.Mutex
	done  map[string]int64
}

// handle acts once for each generation of a Deployment whose pod seems to run.
func (s *standIn) handle(deployment *appsv1.Deployment) {
	if deployment.Status.ReadyReplicas == 0 || deployment.DeletionTimestamp != nil {
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	key := string(deployment.UID)
	if s.done[key] >= deployment.Generation {
		return
	}
	s.done[key] = deployment.Generation
	go func() {
		if err := s.deploy(deployment); err != nil {
			log.Printf("%s/%s: %v", deployment.Namespace, deployment.Name, err)
			time.Sleep(retryAfter)
			s.mutex.Lock()
			defer s.mutex.Unlock()
			delete(s.done, key)
		}
	}()
}

// deploy does what `thv-proxyrunner run` does before it serves.
func (s *standIn) deploy(deployment *appsv1.Deployment) error {
	pod := deployment.Spec.Template
	args := pod.Spec.Containers[0].Args
	runConfig, err := s.runConfig(deployment.Name)
	if err != nil {
		return err
	}
	runConfig.Image = args[len(args)-1]
	for _, arg := range args {
		if patch, found := strings.CutPrefix(arg, "--k8s-pod-patch="); found {
			runConfig.K8sPodTemplatePatch = patch
		}
	}
	generation := pod.Annotations[workload.RunConfigMCPServerGenerationAnnotation]
	if runConfig.MCPServerGeneration, err = strconv.ParseInt(generation, 10, 64); err != nil {
		return fmt.Errorf("generation of the MCPServer: %w", err)
	}
	var scaling *rt.ScalingConfig
	if c := runConfig.ScalingConfig; c != nil {
		scaling = &rt.ScalingConfig{BackendReplicas: c.BackendReplicas}
	}
	config := rest.CopyConfig(s.config)
	config.Impersonate.UserName = fmt.Sprintf("system:serviceaccount:%s:%s", s.namespace, pod.Spec.ServiceAccountName)
	deployer := workload.NewClientWithConfig(kubernetes.NewForConfigOrDie(config), config)
	_, err = runtime.Setup(s.ctx, runConfig.Transport, deployer, runConfig.ContainerName, runConfig.Image,
		runConfig.CmdArgs, runConfig.EnvVars, runConfig.ContainerLabels, runConfig.PermissionProfile,
		runConfig.K8sPodTemplatePatch, runConfig.IsolateNetwork, runConfig.AllowDockerGateway, runConfig.IgnoreConfig,
		runConfig.Host, runConfig.TargetPort, runConfig.TargetHost, runConfig.Publish, scaling,
		runConfig.MCPServerGeneration)
	return err
}

func (s *standIn) runConfig(name string) (*runner.RunConfig, error) {
	configMap, err := s.client.CoreV1().ConfigMaps(s.namespace).Get(s.ctx, name+"-runconfig", metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	return runner.ReadJSON(strings.NewReader(configMap.Data["runconfig.json"]))
}
