using System.CommandLine;
using System.Net;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Tests.CommandLine;

public sealed class ClusterFlagsTests : IDisposable
{
    private const string Redis = "redis://:word@cache:6380";
    private const string Database = "postgres://ann:secret@db/support";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NoFlag_IsNoCluster() => Assert.Null(Read(_ => null));

    [Theory]
    [InlineData("--database", Database)]
    [InlineData("--roles", "silo")]
    [InlineData("--silo-port", "1")]
    [InlineData("--failure-detection", "fast")]
    public void FlagOfAClusterWithoutOne_IsWrongUse(params string[] args) => Refused($"{args[0]} is for a cluster: add --cluster redis://host:port, or leave it out", _ => null, args);

    [Fact]
    public void VariableOfAClusterWithoutOne_IsWrongUse_UnderItsOwnName() =>
        Refused("CUSTOMERSERVICE_DATABASE is for a cluster", Environment((EnvironmentVariables.Database, Database)));

#if ORLEANS
    [Fact]
    public void Cluster_HasItsDefaults()
    {
        var part = Read(_ => null, "--cluster", Redis, "--database", Database)!;

        Assert.Equal((Roles.All, "customerservice", 11111, 30000), (part.Roles, part.Id, part.SiloPort, part.ClientPort));
        Assert.Equal(("redis://cache:6380", "postgres://db:5432/support"), (part.Redis!.ToString(), part.Database.ToString()));
        Assert.Null(part.Advertise);
        Assert.Null(part.Certificates);
        Assert.False(part.DetectsFailuresFast);
    }

    [Fact]
    public void Flags_AreTaken()
    {
        var (certificate, key, authority) = (File("c.pem"), File("k.pem"), File("a.pem"));

        var part = Read(
            _ => null, "--cluster", "localhost", "--database", Database, "--cluster-id", "shop-1", "--roles", "silo, console", "--silo-port", "0", "--client-port", "65535",
            "--advertise", "10.0.0.5", "--failure-detection", "fast", "--silo-certificate", certificate, "--silo-key", key, "--silo-authority", authority)!;

        Assert.Null(part.Redis);
        Assert.Equal(("shop-1", Roles.Silo | Roles.Console, 0, 65535), (part.Id, part.Roles, part.SiloPort, part.ClientPort));
        Assert.Equal((IPAddress.Parse("10.0.0.5"), true), (part.Advertise, part.DetectsFailuresFast));
        Assert.Equal(new SiloCertificateFiles(certificate, key, authority), part.Certificates);
    }

    [Fact]
    public void Environment_SaysWhatTheFlagsDoNot()
    {
        var environment = Environment(
            (EnvironmentVariables.Cluster, Redis), (EnvironmentVariables.Database, Database), (EnvironmentVariables.Roles, "gateway"), (EnvironmentVariables.ClusterId, "one"),
            (EnvironmentVariables.SiloPort, "5"), (EnvironmentVariables.FailureDetection, ""));

        var part = Read(environment, "--cluster-id", "two")!;

        Assert.Equal(("redis://cache:6380", Roles.Gateway, "two"), (part.Redis!.ToString(), part.Roles, part.Id));
        Assert.Equal(5, part.SiloPort); // It may be shared with silos, so here it stands idle.
    }

    [Theory]
    [InlineData("--cluster takes redis://", "--cluster", "kafka://x", "--database", Database)]
    [InlineData("--cluster needs --database postgres://", "--cluster", Redis)]
    [InlineData("--database names no database.", "--cluster", Redis, "--database", "postgres://db")]
    [InlineData("--roles 'robot' is no role; known are silo, gateway, console.", "--cluster", Redis, "--database", Database, "--roles", "silo,robot")]
    [InlineData("--roles takes one or more of silo, gateway, console", "--cluster", Redis, "--database", Database, "--roles", ",")]
    [InlineData("--silo-port takes a number from 0 to 65535.", "--cluster", Redis, "--database", Database, "--silo-port", "65536")]
    [InlineData("--client-port takes a number from 0 to 65535.", "--cluster", Redis, "--database", Database, "--client-port", "-1")]
    [InlineData("--silo-port is for a silo, and --roles gateway,console has none", "--cluster", Redis, "--database", Database, "--roles", "console,gateway", "--silo-port", "1")]
    [InlineData("--client-port is for a silo", "--cluster", Redis, "--database", Database, "--roles", "gateway", "--client-port", "1")]
    [InlineData("--advertise takes an IP address such as 10.0.0.5; 'me' is none.", "--cluster", Redis, "--database", Database, "--advertise", "me")]
    [InlineData("--cluster-id takes a name", "--cluster", Redis, "--database", Database, "--cluster-id", "a b")]
    [InlineData("--failure-detection takes default or fast; 'slow' is neither.", "--cluster", Redis, "--database", Database, "--failure-detection", "slow")]
    [InlineData("--silo-key no/such.pem: there is no such file.", "--cluster", Redis, "--database", Database, "--silo-key", "no/such.pem")]
    public void WrongFlags_AreRefusedWithTheFix(string complaint, params string[] args) => Refused(complaint, _ => null, args);

    [Fact]
    public void CertificateAlone_IsRefused_WithWhatItNeeds() => Refused(
        "--silo-certificate needs --silo-key and --silo-authority beside it.", _ => null, "--cluster", Redis, "--database", Database, "--silo-certificate", File("c.pem"));

    [Fact]
    public void ClientOfALocalSilo_MayNameItsPort() =>
        Assert.Equal(4000, Read(_ => null, "--cluster", "localhost", "--database", Database, "--roles", "gateway", "--client-port", "4000")!.ClientPort);

    [Fact]
    public void Webhook_IsForSilos()
    {
        var options = new RunOptions();
        var parsed = Parse(options.All, ["--cluster", Redis, "--database", Database, "--roles", "gateway", "--crm-webhook", "https://crm.example.com"]);

        var failure = Assert.Throws<CommandFailedException>(() => options.Read(parsed, _ => null));

        Assert.StartsWith("--crm-webhook is for silos", failure.Message, StringComparison.Ordinal);
    }
#else
    [Fact]
    public void Cluster_IsRefusedWithTheReason() =>
        Refused("--cluster can't be followed: this build has no Orleans", _ => null, "--cluster", Redis, "--database", Database);
#endif

    private string File(string name)
    {
        var path = Path.Combine(_folder.Path, name);
        System.IO.File.WriteAllText(path, "");
        return path;
    }

    private static Func<string, string?> Environment(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;

    private static void Refused(string complaint, Func<string, string?> environment, params string[] args)
    {
        var failure = Assert.Throws<CommandFailedException>(() => Read(environment, args));

        Assert.StartsWith(complaint, failure.Message, StringComparison.Ordinal);
        Assert.Equal(SiloCommandLine.WrongUse, failure.ExitCode);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(":word@", failure.Message, StringComparison.Ordinal);
    }

    private static ClusterPart? Read(Func<string, string?> environment, params string[] args)
    {
        var flags = new ClusterFlags();
        return flags.Read(Parse(flags.Options, args), environment);
    }

    private static ParseResult Parse(IEnumerable<Option> options, string[] args)
    {
        var parsed = new RootCommand().With(options).Parse(args);
        Assert.Empty(parsed.Errors);
        return parsed;
    }
}
