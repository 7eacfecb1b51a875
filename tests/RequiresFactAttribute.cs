using System.Diagnostics;

namespace CustomerService.Tests;

/// <summary>A test that needs something of the machine; where that is absent it is skipped, naming the command that brings it.</summary>
/// <example><c>[RequiresFact("postgresql")]</c>, with one or more of: postgresql, pgvector, redis, chromium, kustomize, promtool, apertium, mail-servers, shared.</example>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresFactAttribute : FactAttribute
{
    public RequiresFactAttribute(params string[] requirements) => Skip = Requires.Missing(requirements);
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresTheoryAttribute : TheoryAttribute
{
    public RequiresTheoryAttribute(params string[] requirements) => Skip = Requires.Missing(requirements);
}

/// <summary>What tests may need of the machine, and where it is. Each lookup is null where the thing is absent.</summary>
internal static class Requires
{
    /// <summary>Names the folder that <see cref="SharedFolder"/> gives, where it is not beside the checkout.</summary>
    public const string SharedVariable = "CUSTOMERSERVICE_SHARED";

    /// <summary>The checkout's root: the folder that holds CustomerService.sln.</summary>
    public static string RepositoryRoot { get; } =
        FolderAbove(AppContext.BaseDirectory, "CustomerService.sln")
        ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds CustomerService.sln; run the tests inside a checkout.");

    /// <summary>The folder of the newest PostgreSQL server's programs (initdb, postgres, pg_ctl).</summary>
    public static string? PostgreSqlBin { get; } = FindPostgreSqlBin();

    /// <summary>What makes a PostgreSQL server know vectors, for the newest one's version.</summary>
    public static string? PgVector { get; } = PostgreSqlBin is null ? null
        : Existing($"/usr/share/postgresql/{Path.GetFileName(Path.GetDirectoryName(PostgreSqlBin))}/extension/vector.control");

    /// <summary>The Redis server's program.</summary>
    public static string? RedisServer { get; } = OnPath("redis-server");

    /// <summary>The Chromium (or Chrome) program, for Playwright's ExecutablePath.</summary>
    public static string? Chromium { get; } = OnPath("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    /// <summary>Prometheus' checker of metrics.</summary>
    public static string? Promtool { get; } = OnPath("promtool");

    /// <summary>Dovecot's program: mailboxes over IMAP.</summary>
    public static string? Dovecot { get; } = OnPath("dovecot") ?? Existing("/usr/sbin/dovecot");

    /// <summary>Postfix' program: a mail transport.</summary>
    public static string? Postfix { get; } = OnPath("postfix") ?? Existing("/usr/sbin/postfix");

    /// <summary>What sends mails by SMTP from the command line.</summary>
    public static string? Swaks { get; } = OnPath("swaks");

    /// <summary>The folder where Apertium's pairs are installed.</summary>
    public const string ApertiumPairs = "/usr/share/apertium";

    /// <summary>Apertium's web server, where it has English and Spanish to translate.</summary>
    public static string? Apertium { get; } = Existing(Path.Combine(ApertiumPairs, "modes", "eng-spa.mode")) is null ? null : OnPath("apertium-apy");

    /// <summary>What builds Kubernetes' manifests: kustomize itself, or the one in a kubectl.</summary>
    public static string? Kustomize => RecentKustomize.Value;

    // Before version 5 it knows other fields than ours; a kubectl of 1.27 or newer has one of 5.
    private static readonly Lazy<string?> RecentKustomize = new(() =>
        OnPath("kustomize")
        ?? Existing(Path.Combine(RepositoryRoot, "artifacts", "tools", "kubectl"))
        ?? (OnPath("kubectl") is { } kubectl && Says(kubectl, "version", "--client").Contains("Kustomize Version: v5", StringComparison.Ordinal) ? kubectl : null));

    /// <summary>The folder of outside data and references beside the checkout.</summary>
    public static string? SharedFolder { get; } = Existing(
        Environment.GetEnvironmentVariable(SharedVariable) is { Length: > 0 } named ? named : Path.Combine(RepositoryRoot, "..", "shared"));

    /// <summary>Why a test with these requirements cannot run here and what brings each missing one; null when all are present.</summary>
    /// <exception cref="ArgumentException">A requirement that nobody knows, so that a typing error cannot skip a test for ever.</exception>
    public static string? Missing(params string[] requirements)
    {
        var missing = requirements.Select(Reason).OfType<string>().ToArray();
        return missing.Length == 0 ? null : string.Join("; ", missing);
    }

    private static string? Reason(string requirement) => requirement switch
    {
        "postgresql" => PostgreSqlBin is null ? "needs a PostgreSQL server's programs: apt-get install -y postgresql" : null,
        "pgvector" => PgVector is null ? "needs PostgreSQL's extension vector: apt-get install -y postgresql-15-pgvector" : null,
        "redis" => RedisServer is null ? "needs a Redis server's program: apt-get install -y redis-server" : null,
        "chromium" => Chromium is null ? "needs Chromium: apt-get install -y chromium" : null,
        "kustomize" => Kustomize is null ? "needs kustomize, or a kubectl of 1.27 or newer: build/bring-kubectl" : null,
        "promtool" => Promtool is null ? "needs promtool: apt-get install -y prometheus" : null,
        "apertium" => Apertium is null ? "needs Apertium's web server with English and Spanish: apt-get install -y apertium-apy apertium-eng-spa" : null,
        "mail-servers" => Dovecot is null || Postfix is null || Swaks is null ? "needs a mail server of each kind: apt-get install -y dovecot-imapd postfix swaks"
            : Environment.UserName != "root" ? "needs to be root, as Postfix does: run it as root, such as in a container" : null,
        "shared" => SharedFolder is null ? $"needs the folder 'shared' beside the checkout: export {SharedVariable}=FOLDER" : null,
        _ => throw new ArgumentException($"Unknown requirement '{requirement}'; known are postgresql, pgvector, redis, chromium, kustomize, promtool, apertium, mail-servers and shared.", nameof(requirement)),
    };

    private static string? FindPostgreSqlBin()
    {
        const string debian = "/usr/lib/postgresql";
        var newest = Directory.Exists(debian)
            ? Directory.GetDirectories(debian)
                .Where(folder => File.Exists(Path.Combine(folder, "bin", "initdb")))
                .MaxBy(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            : null;
        return newest is not null ? Path.Combine(newest, "bin") : Path.GetDirectoryName(OnPath("initdb"));
    }

    private static string? OnPath(params string[] programs) => (
        from program in programs
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        from file in OperatingSystem.IsWindows() ? new[] { program + ".exe" } : [program]
        let path = Path.Combine(folder, file)
        where File.Exists(path)
        select path).FirstOrDefault();

    private static string Says(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process.StandardOutput.ReadToEnd();
    }

    private static string? Existing(string path) => Path.Exists(path) ? Path.GetFullPath(path) : null;

    private static string? FolderAbove(string start, string file)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, file)))
                return folder.FullName;
        }

        return null;
    }
}
