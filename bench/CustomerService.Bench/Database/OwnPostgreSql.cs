using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using Npgsql;

namespace CustomerService.Bench.Database;

/// <summary>
/// A PostgreSQL server of the benchmark's own, in the temporary folder and gone afterwards. Durable as it ships; only what would
/// disturb short runs now and then is put off: checkpoints and vacuum.
/// </summary>
internal sealed class OwnPostgreSql : IAsyncDisposable
{
    private static readonly string[] Settings =
    [
        "listen_addresses=127.0.0.1", "unix_socket_directories=", "log_min_messages=error", "max_connections=200", "shared_buffers=256MB",
        "checkpoint_timeout=1h", "max_wal_size=8GB", "autovacuum=off", "shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track=none",
    ];

    private readonly TemporaryFolder folder;
    private readonly Process server;

    private OwnPostgreSql(TemporaryFolder folder, Process server, string connectionString)
    {
        this.folder = folder;
        this.server = server;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <summary>The server's first process, which starts the others. (Started as another user, it is not the one that we started.)</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(folder.Path, "cluster", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    /// <exception cref="CommandFailedException">Its programs are not on this machine, or it does not start.</exception>
    public static async Task<OwnPostgreSql> StartAsync()
    {
        var programs = Programs() ?? throw new CommandFailedException(
            "PostgreSQL's own programs (initdb, postgres) are not on this machine. Install them (apt-get install postgresql), or name a server: --database Host=…;Username=…;Password=….");
        var folder = new TemporaryFolder();
        if (IsRoot)
            await RunAsync("chown", "postgres", folder.Path);
        var cluster = Path.Combine(folder.Path, "cluster");
        await RunAsServerUserAsync(Path.Combine(programs, "initdb"), "-D", cluster, "-U", "postgres", "--auth=trust", "--encoding=UTF8");
        var port = FreePort();
        var server = Process.Start(AsServerUser(
            Path.Combine(programs, "postgres"),
            ["-D", cluster, "-p", port.ToString(CultureInfo.InvariantCulture), .. Settings.SelectMany(setting => new[] { "-c", setting })]))!;
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        var own = new OwnPostgreSql(folder, server, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres");
        await own.WhenReadyAsync();
        return own;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsServerUserAsync(Path.Combine(Programs()!, "pg_ctl"), "stop", "-D", Path.Combine(folder.Path, "cluster"), "-m", "immediate", "-w");
        await server.WaitForExitAsync();
        server.Dispose();
        folder.Dispose();
    }

    private async Task WhenReadyAsync()
    {
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (!server.HasExited)
            {
                await Task.Delay(50);
            }
            catch (NpgsqlException)
            {
                throw new CommandFailedException($"PostgreSQL did not start (exit code {server.ExitCode}).");
            }
        }
    }

    /// <summary>The folder of its programs: on the path, or where Debian keeps them.</summary>
    private static string? Programs()
    {
        const string Debian = "/usr/lib/postgresql";
        var newest = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var version) ? version : 0).Select(path => Path.Combine(path, "bin"))
            : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(newest)
            .FirstOrDefault(path => path.Length > 0 && File.Exists(Path.Combine(path, "postgres")) && File.Exists(Path.Combine(path, "initdb")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The server refuses to run as root, so root runs it as the user postgres.</summary>
    private static ProcessStartInfo AsServerUser(string program, params string[] arguments) =>
        IsRoot ? StartInfo("runuser", ["-u", "postgres", "--", program, .. arguments]) : StartInfo(program, arguments);

    private static Task RunAsServerUserAsync(string program, params string[] arguments) => RunAsync(AsServerUser(program, arguments));

    private static Task RunAsync(string program, params string[] arguments) => RunAsync(StartInfo(program, arguments));

    private static async Task RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new CommandFailedException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed: {errors}{await output}");
    }

    private static ProcessStartInfo StartInfo(string program, string[] arguments) =>
        new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
}
