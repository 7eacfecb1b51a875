using CustomerService.Deploy.Reading;
using CustomerService.Deploy.Rules;

namespace CustomerService.Deploy;

public sealed class NetworkTests
{
    private const string Production = $"{Checkout.Kubernetes}/overlays/production";
    private const string Dev = $"{Checkout.Kubernetes}/overlays/dev";

    [RequiresFact("kustomize")]
    public async Task The_network_is_closed_but_for_ways_that_lead_somewhere() =>
        Expect.None((await KubernetesTests.AllAsync()).SelectMany(Network.Violations));

    [RequiresFact("kustomize")]
    public async Task Whoever_must_reach_somebody_can()
    {
        Expect.None(Network.Closed(await Manifests.OfAsync(Dev),
        [
            ("silo", "silo", 11111), ("gateway", "silo", 30000), ("console", "silo", 30000),
            ("silo", "redis", 6379), ("gateway", "redis", 6379), ("console", "redis", 6379),
            ("silo", "postgres", 5432), ("gateway", "postgres", 5432), ("console", "postgres", 5432), ("migrate", "postgres", 5432),
        ]));
        Expect.None(Network.Closed(await Manifests.OfAsync(Production),
            [("prometheus", "silo", 8000), ("prometheus", "gateway", 8000), ("prometheus", "console", 8000), ("silo", "silo", 11111)]));
    }

    [RequiresFact("kustomize")]
    public async Task Whoever_must_not_reach_somebody_can_not()
    {
        (string From, string To, int Port)[] ways =
            [("gateway", "silo", 11111), ("migrate", "silo", 30000), ("redis", "postgres", 5432), ("gateway", "console", 8080), ("silo", "gateway", 8080)];

        Assert.Equal(ways.Length, Network.Closed(await Manifests.OfAsync(Dev), ways).Count());
    }

    [RequiresTheory("kustomize")]
    [InlineData("name: deny-all\n  namespace: customerservice\nspec:\n  podSelector: {}", "name: deny-all\n  namespace: customerservice\nspec:\n  podSelector: {matchLabels: {app.kubernetes.io/name: nobody}}", "no po")]
    [InlineData("port: 30000\n      protocol: TCP", "port: 30001\n      protocol: TCP", "opens port 30001")]
    [InlineData("    - podSelector:\n        matchLabels:\n          app.kubernetes.io/name: redis", "    - podSelector:\n        matchLabels:\n          app.kubernetes.io/name: valkey", "no pod is")]
    public async Task A_way_to_nobody_is_told(string good, string bad, string told) =>
        Expect.Told(told, Network.Violations((await Manifests.OfAsync(Dev)).With(good, bad)));
}
