using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary>The flags that make a process part of a cluster. Each may come from the environment too, so that all processes can share one set.</summary>
/// <param name="doorsOnly">Leaves out what only a silo needs: the command serves as a gateway and a console for a while.</param>
internal sealed partial class ClusterFlags(bool doorsOnly = false)
{
    public FlagOrVariable Cluster { get; } = new("--cluster", EnvironmentVariables.Cluster, "redis://HOST:PORT|localhost",
        "Join the cluster whose silos find one another in this Redis, redis://[:password@]host:port[/n]; localhost is one silo without Redis. Needs --database.");

    public DatabaseFlag Database { get; } = new("With --cluster: the PostgreSQL database that all processes share, postgres://user:password@host:port/name.");

    public FlagOrVariable Id { get; } = new("--cluster-id", EnvironmentVariables.ClusterId, "NAME",
        $"Tells clusters apart that share a Redis. Default: {ClusterPart.DefaultId}.");

    public FlagOrVariable RolesOfProcess { get; } = new("--roles", EnvironmentVariables.Roles, "silo,gateway,console",
        "What this process of the cluster does: hosts grains (silo), serves customers (gateway), serves the staff (console). Default: all three.");

    public FlagOrVariable SiloPort { get; } = new("--silo-port", EnvironmentVariables.SiloPort, "N",
        $"Where other silos reach this one; 0 takes a free port. Default: {ClusterPart.DefaultSiloPort}.");

    public FlagOrVariable ClientPort { get; } = new("--client-port", EnvironmentVariables.ClientPort, "N",
        $"Where gateways and consoles reach this silo; 0 takes a free port. Default: {ClusterPart.DefaultClientPort}.");

    public FlagOrVariable Advertise { get; } = new("--advertise", EnvironmentVariables.Advertise, "ADDRESS",
        "The IP address that others reach this silo at. Default: loopback where the cluster's Redis is on this machine, else the machine's first.");

    public FlagOrVariable FailureDetection { get; } = new("--failure-detection", EnvironmentVariables.FailureDetection, "default|fast",
        "How soon a silo that is gone is given up: its grains are back within 15 s (default), or 6 s (fast, for quiet networks).");

    public FlagOrVariable Certificate { get; } = new("--silo-certificate", EnvironmentVariables.SiloCertificate, "FILE.pem",
        "This process's certificate for TLS between the cluster's processes; with --silo-key and --silo-authority.");

    public FlagOrVariable Key { get; } = new("--silo-key", EnvironmentVariables.SiloKey, "FILE.pem", "The certificate's private key.");

    public FlagOrVariable Authority { get; } = new("--silo-authority", EnvironmentVariables.SiloAuthority, "FILE.pem",
        "The authority that must have signed every process's certificate.");

    public IEnumerable<Option> Options => Everything.Select(flag => flag.Option);

    private FlagOrVariable[] OfSilos => [SiloPort, ClientPort, Advertise];

    private FlagOrVariable[] Everything => doorsOnly
        ? [Cluster, Database.Flag, Id, ClientPort, Certificate, Key, Authority]
        : [Cluster, Database.Flag, Id, RolesOfProcess, .. OfSilos, FailureDetection, Certificate, Key, Authority];

    /// <summary>The part that this process is told to play; null where it is on its own.</summary>
    /// <exception cref="CommandFailedException">The settings contradict one another, or mean nothing; the message says which and the fix.</exception>
    public ClusterPart? Read(ParseResult parsed, Func<string, string?> environment)
    {
        if (Cluster.Text(parsed, environment) is null)
        {
            return Everything.FirstOrDefault(flag => flag.Text(parsed, environment) is not null) is { } lonely
                ? throw lonely.WrongUse(parsed, "is for a cluster: add --cluster redis://host:port, or leave it out for one process on its own.")
                : null;
        }

        if (OrleansSwitch.Refusal is { } refusal)
            throw Cluster.WrongUse(parsed, refusal);

        var redis = Cluster.Read(parsed, environment, text => text == "localhost" ? null : RedisAddress.Parse(text), null);
        var roles = doorsOnly ? Roles.Doors : RolesOfProcess.Read(parsed, environment, RoleNames.Parse, Roles.All);
        if (!roles.HasFlag(Roles.Silo) && OfSilos.FirstOrDefault(flag => flag.IsFlag(parsed) && (redis is not null || flag != ClientPort)) is { } idle)
            throw idle.WrongUse(parsed, $"is for a silo, and --roles {roles.Words()} has none; leave it out, or add silo to --roles.");
        return new ClusterPart
        {
            Roles = roles,
            Redis = redis,
            Database = Database.Read(parsed, environment)
                ?? throw new CommandFailedException("--cluster needs --database postgres://user:password@host:port/name: what all processes of the cluster share.", SiloCommandLine.WrongUse),
            Id = Id.Read(parsed, environment, ReadName, ClusterPart.DefaultId),
            SiloPort = SiloPort.Read(parsed, environment, ReadPort, ClusterPart.DefaultSiloPort),
            ClientPort = ClientPort.Read(parsed, environment, ReadPort, ClusterPart.DefaultClientPort),
            Advertise = Advertise.Read(parsed, environment, ReadIp, null),
            DetectsFailuresFast = FailureDetection.Read(parsed, environment, ReadDetection, false),
            Certificates = ReadCertificates(parsed, environment),
        };
    }

    private SiloCertificateFiles? ReadCertificates(ParseResult parsed, Func<string, string?> environment)
    {
        FlagOrVariable[] all = [Certificate, Key, Authority];
        var files = all.Select(flag => flag.Read(parsed, environment, ExistingFile, null)).ToArray();
        if (files is [{ } certificate, { } key, { } authority])
            return new SiloCertificateFiles(certificate, key, authority);
        return all.Zip(files).FirstOrDefault(pair => pair.Second is not null).First is { } given
            ? throw given.WrongUse(parsed, $"needs {string.Join(" and ", all.Zip(files).Where(pair => pair.Second is null).Select(pair => pair.First.Option.Name))} beside it.")
            : null;
    }

    private static string? ExistingFile(string path) => File.Exists(path) ? path : throw new FormatException($"{path}: there is no such file.");

    private static int ReadPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw new FormatException("takes a number from 0 to 65535.");

    private static IPAddress? ReadIp(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new FormatException($"takes an IP address such as 10.0.0.5; '{text}' is none.");

    private static string ReadName(string text) =>
        Name().IsMatch(text) ? text : throw new FormatException($"takes a name of up to 100 letters, digits, '-', '_' and '.'; '{text}' is none.");

    private static bool ReadDetection(string text) => text switch
    {
        "default" => false,
        "fast" => true,
        _ => throw new FormatException($"takes default or fast; '{text}' is neither."),
    };

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,100}$")]
    private static partial Regex Name();
}
