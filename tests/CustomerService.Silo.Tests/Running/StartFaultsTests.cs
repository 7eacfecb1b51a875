using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;
using Microsoft.AspNetCore.Connections;

namespace CustomerService.Silo.Tests.Running;

public sealed class StartFaultsTests
{
    private static readonly SiloSettings Alone = new() { DataFolder = "data", Content = ContentFolder.Find(null), Listen = "http://localhost:81" };

    private static readonly SiloSettings InCluster = Alone with
    {
        Cluster = new ClusterPart { Redis = RedisAddress.Parse("redis://:word@cache:1"), Database = DatabaseAddress.Parse("postgres://db/support"), SiloPort = 7, ClientPort = 8 },
    };

    [Fact]
    public void AddressInUse_IsToldWithTheFlag() => Assert.StartsWith(
        "An address is in use already: http://localhost:81 or port 8000 (--metrics-port).",
        StartFaults.Recognise(new IOException("?", new AddressInUseException("?")), Alone)!.Message,
        StringComparison.Ordinal);

    [Fact]
    public void PortOfASiloInUse_IsToldWithTheFlags() => Assert.StartsWith(
        "A silo's port is in use already: 7 (--silo-port) or 8 (--client-port).",
        StartFaults.Recognise(new AddressInUseException("?"), InCluster)!.Message,
        StringComparison.Ordinal);

#if ORLEANS
    [Fact]
    public void RedisThatCannotBeUsed_IsToldInOneLine_WithoutItsPassword() => Assert.Equal(
        "The cluster's Redis, redis://cache:1, can't be used: check that it runs, and its address and password (UnableToConnect on cache:1).",
        StartFaults.Recognise(
            new StackExchange.Redis.RedisConnectionException(
                StackExchange.Redis.ConnectionFailureType.UnableToConnect, "?", new InvalidOperationException("UnableToConnect on cache:1, Initializing, last: NONE")),
            InCluster)!.Message);
#endif

    [Fact]
    public void BugOfOurs_KeepsItsStack() => Assert.Null(StartFaults.Recognise(new InvalidOperationException("a bug"), InCluster));
}
