using CustomerService.Deploy.Reading;
using CustomerService.Deploy.Rules;
using k8s.Models;
using YamlDotNet.Core;

namespace CustomerService.Deploy;

/// <summary>What kustomize makes of each folder is something that Kubernetes takes, and that our program can run.</summary>
public sealed class KubernetesTests
{
    private const string Production = $"{Checkout.Kubernetes}/overlays/production";
    private const string Dev = $"{Checkout.Kubernetes}/overlays/dev";
    private const string Keda = $"{Checkout.Kubernetes}/overlays/production-keda";

    private static IReadOnlySet<string> MadeByReadme => Secrets.Made(Checkout.Read($"{Checkout.Kubernetes}/README.md"));

    [RequiresFact("kustomize")]
    public async Task Every_folder_builds_to_objects_of_Kubernetes_own_model() =>
        Assert.All(await AllAsync(), set => Assert.NotEmpty(set.Objects));

    [RequiresFact("kustomize")]
    public async Task Every_component_is_part_of_an_overlay()
    {
        var overlays = string.Join('\n', Checkout.Files($"{Checkout.Kubernetes}/overlays", "kustomization.yaml").Select(Checkout.Read));

        Assert.All(Directory.GetDirectories(Checkout.PathOf($"{Checkout.Kubernetes}/components")), component =>
            Assert.Contains($"../../components/{Path.GetFileName(component)}\n", overlays, StringComparison.Ordinal));
        Assert.Contains((await Manifests.OfAsync(Production)).Objects, each => each is V1Ingress);
    }

    [RequiresTheory("kustomize")]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystm: true", "readOnlyRootFilesystm")]
    [InlineData("maxSkew: 1", "maxSkew: one", "one")]
    public async Task A_field_that_Kubernetes_does_not_know_is_told(string good, string bad, string told)
    {
        var manifests = await Manifests.OfAsync(Production);

        var fault = Assert.ThrowsAny<YamlException>(() => manifests.With(good, bad));
        Assert.Contains(told, fault.Message + fault.InnerException?.Message, StringComparison.Ordinal);
    }

    [RequiresFact("kustomize")]
    public async Task Every_object_is_whole() => Expect.None((await AllAsync()).SelectMany(Completeness.Violations));

    [RequiresTheory("kustomize")]
    [InlineData("whenUnsatisfiable: ScheduleAnyway", "whenUnsatisfiable: Anyway", "is spread by")]
    [InlineData("restartPolicy: OnFailure", "restartPolicy: Always", "which a Job can't")]
    [InlineData("containerPort: 30000", "containerPort: 300000", "has a port")]
    [InlineData("policyTypes:\n  - Ingress\n  - Egress", "policyTypes:\n  - Ingress", "has ways in a direction")]
    [InlineData("pathType: Prefix", "pathType: Beginning", "no known type")]
    [InlineData("- periodSeconds: 60\n        type: Percent", "- periodSeconds: 60\n        type: Share", "a policy that is not whole")]
    [InlineData("    type: External\n", "    type: Outside\n", "a figure that is not whole")]
    [InlineData("  maxUnavailable: 1\n  selector", "  selector", "PodDisruptionBudget")]
    [InlineData("  verbs:\n  - get\n", "  verbs:\n  - delete\n  - get\n", "Role prometheus")]
    [InlineData("        - name: CUSTOMERSERVICE_SILO_KEY\n          value: /tls/tls.key\n", "        - name: CUSTOMERSERVICE_SILO_KEY\n", "CUSTOMERSERVICE_SILO_KEY")]
    public async Task An_object_that_is_not_whole_is_told(string good, string bad, string told) =>
        Expect.Told(told, Completeness.Violations((await Manifests.OfAsync(Production)).With(good, bad)));

    [RequiresFact("kustomize")]
    public async Task What_objects_say_of_one_another_is_true() => Expect.None((await AllAsync()).SelectMany(References.Violations));

    [RequiresTheory("kustomize")]
    [InlineData("targetPort: http\n", "targetPort: web\n", "sends to port web")]
    [InlineData("  selector:\n    app.kubernetes.io/component: console\n", "  selector:\n    app.kubernetes.io/component: desk\n", "selects no pod")]
    [InlineData("            name: gateway\n", "            name: gate\n", "leads to service gate")]
    [InlineData("    kind: Deployment\n    name: silo\n", "    kind: Deployment\n    name: silos\n", "scales Deployment silos")]
    [InlineData("spec:\n  minReadySeconds", "spec:\n  replicas: 3\n  minReadySeconds", "each apply would undo it")]
    [InlineData("    matchLabels:\n      app.kubernetes.io/component: gateway\n      app.kubernetes.io/name: customerservice\n  unhealthy", "    matchLabels:\n      app.kubernetes.io/component: gate\n      app.kubernetes.io/name: customerservice\n  unhealthy", "guards no pod")]
    [InlineData("            app.kubernetes.io/component: silo\n            app.kubernetes.io/name: customerservice\n        matchLabelKeys", "            app.kubernetes.io/component: silos\n            app.kubernetes.io/name: customerservice\n        matchLabelKeys", "spreads other pods")]
    [InlineData("serviceAccountName: gateway", "serviceAccountName: gate", "runs as account gate")]
    [InlineData("mountPath: /tls\n          name: tls", "mountPath: /tls\n          name: certificates", "mounts volume certificates")]
    [InlineData("path: /health/live\n            port: metrics", "path: /health/live\n            port: health", "probed on port health")]
    [InlineData("serviceName: prometheus", "serviceName: metrics", "names service metrics")]
    [InlineData("kind: Role\n  name: prometheus", "kind: Role\n  name: reader", "names Role reader")]
    [InlineData("- configMapRef:\n            name: settings", "- configMapRef:\n            name: preferences", "reads ConfigMap preferences")]
    public async Task What_is_not_there_is_told(string good, string bad, string told) =>
        Expect.Told(told, References.Violations((await Manifests.OfAsync(Production)).With(good, bad)));

    [RequiresFact("kustomize")]
    public async Task Every_secret_is_named_and_the_README_makes_it() => Expect.None((await AllAsync()).SelectMany(set => Secrets.Violations(set, MadeByReadme)));

    [RequiresTheory("kustomize")]
    [InlineData("key: database", "key: db", "connections/db")]
    [InlineData("value: /tls/ca.crt", "value: /tls/root.crt", "silo-tls/root.crt")]
    [InlineData("secretName: customers-tls", "secretName: tls-of-customers", "tls-of-customers")]
    [InlineData("kind: ServiceAccount\nmetadata:\n  labels:", "kind: Secret\nmetadata:\n  labels:", "written in a file")]
    public async Task A_secret_that_nobody_makes_or_that_is_written_down_is_told(string good, string bad, string told)
    {
        var text = (await Manifests.OfAsync(Production)).Text.Replace("automountServiceAccountToken: false\nkind", "kind", StringComparison.Ordinal);

        Expect.Told(told, Secrets.Violations(Manifests.Parse("broken", text).With(good, bad), MadeByReadme));
    }

    [RequiresFact("kustomize")]
    public async Task Every_pod_may_only_what_it_must() => Expect.None((await AllAsync()).SelectMany(Hardening.Violations));

    [RequiresTheory("kustomize")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false", "root")]
    [InlineData("type: RuntimeDefault", "type: Unconfined", "seccomp")]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "write to its image")]
    [InlineData("customerservice:0.1.0", "customerservice:latest", "certain version")]
    [InlineData("          limits:\n            memory: 2Gi\n", "", "memory without limit")]
    [InlineData("      automountServiceAccountToken: false\n", "", "token")]
    public async Task A_pod_that_may_more_is_told(string good, string bad, string told) =>
        Expect.Told(told, Hardening.Violations((await Manifests.OfAsync(Production)).With(good, bad)));

    [RequiresFact("kustomize")]
    public async Task The_silos_are_scaled_from_5_to_100_by_cpu_and_by_who_waits()
    {
        var scaler = Assert.Single((await Manifests.OfAsync(Production)).All<V2HorizontalPodAutoscaler>()).Spec;
        Assert.Equal((5, 100), (scaler.MinReplicas, scaler.MaxReplicas));
        Assert.Contains(scaler.Metrics, metric => metric.Resource is { Name: "cpu", Target.AverageUtilization: 70 });
        Assert.Contains(scaler.Metrics, metric => metric.External is { Metric.Name: "queue_size", Target: { Type: "AverageValue", AverageValue: { } each } } && each.ToInt32() == 30);

        var keda = await Manifests.OfAsync(Keda);
        Assert.Empty(keda.All<V2HorizontalPodAutoscaler>());
        var scaled = Assert.Single(keda.All<ScaledObject>()).Spec;
        Assert.Equal((5, 100), (scaled.MinReplicaCount, scaled.MaxReplicaCount));
        Assert.Contains(scaled.Triggers, trigger => trigger is { Type: "cpu", MetricType: "Utilization" } && trigger.Metadata["value"] == "70");
        Assert.Contains(scaled.Triggers, trigger => trigger is { Type: "prometheus", MetricType: "AverageValue" } && trigger.Metadata["threshold"] == "30");
    }

    [RequiresFact("kustomize")]
    public async Task Both_scalers_ask_the_same_question_of_a_Prometheus_that_is_there()
    {
        var keda = await Manifests.OfAsync(Keda);
        var trigger = keda.All<ScaledObject>().SelectMany(scaled => scaled.Spec.Triggers).Single(each => each.Type == "prometheus").Metadata;

        Assert.Equal(Expressions.OfAdapter(Checkout.Read(Expressions.Adapter)).Last().Text, trigger["query"]);
        var service = keda.All<V1Service>().Single(each => each.Metadata.Name == "prometheus");
        var address = $"http://{service.Metadata.Name}.{service.Metadata.NamespaceProperty}.svc:{service.Spec.Ports.Single().Port}";
        Assert.Equal(address, trigger["serverAddress"]);
        Assert.Contains($"--prometheus-url={address}/", (await Manifests.OfAsync($"{Checkout.Kubernetes}/cluster/prometheus-adapter")).Pods.Single().Pod.Spec.Containers[0].Args);
    }

    [RequiresTheory("kustomize")]
    [InlineData(Production)]
    [InlineData(Dev)]
    public async Task Doors_and_silos_are_spread_guarded_and_probed(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        foreach (var role in new[] { "silo", "gateway", "console" })
        {
            var pod = manifests.Pods.Single(each => each.Owner.Metadata.Name == role).Pod;
            var container = pod.Spec.Containers.Single();
            Assert.Contains(pod.Spec.TopologySpreadConstraints, spread => spread.TopologyKey == "topology.kubernetes.io/zone");
            Assert.Contains(manifests.All<V1PodDisruptionBudget>(), budget => budget.Spec.Selector.Selects(pod));
            Assert.Equal("/health/ready", container.ReadinessProbe.HttpGet.Path);
            Assert.Equal("/health/live", container.LivenessProbe.HttpGet.Path);
            Assert.Equal("/health/ready", container.StartupProbe.HttpGet.Path);
        }
    }

    internal static async Task<IReadOnlyList<Manifests>> AllAsync() => await Task.WhenAll(Checkout.Applicable.Select(Manifests.OfAsync));
}
