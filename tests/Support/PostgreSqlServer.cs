using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CustomerService.Tests;

/// <summary>A real PostgreSQL server of our own, on a free port of this machine, gone after the tests. It exists only where its programs do.</summary>
public sealed partial class PostgreSqlServer : IAsyncLifetime
{
    private string folder = "";
    private int port;
    private int databases;
    private Process? server;

    private static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    public bool IsRunning => server is not null;

    public async Task InitializeAsync()
    {
        if (Requires.PostgreSqlBin is null)
            return;
        folder = Directory.CreateTempSubdirectory("postgresql-test-").FullName;
        if (IsRoot)
            await RunAsync("chown", "postgres", folder);
        await RunAsServerUserAsync(Program("initdb"), "-D", Path.Combine(folder, "cluster"), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync");
        await StartAsync();
    }

    /// <summary>A new, empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref databases)}";
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public async Task StartAsync()
    {
        port = port == 0 ? FreePort() : port;
        server = Process.Start(AsServerUser(
            Program("postgres"), "-D", Path.Combine(folder, "cluster"), "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "log_min_messages=error", "-c", "autovacuum=off"))!;
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (!server.HasExited)
            {
                // Not ready yet: the next try waits inside the connection attempt.
                await Task.Yield();
            }
        }
    }

    /// <summary>Ends the server as a crash does.</summary>
    public async Task KillAsync()
    {
        // pg_ctl signals the server itself by the number in its pid file, also when another user owns it.
        await RunAsServerUserAsync(Program("pg_ctl"), "stop", "-D", Path.Combine(folder, "cluster"), "-m", "immediate", "-w");
        await server!.WaitForExitAsync();
        server.Dispose();
        server = null;
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
            await KillAsync();
        NpgsqlConnection.ClearAllPools();
        if (folder.Length > 0)
            Directory.Delete(folder, recursive: true);
    }

    private static string Program(string name)
    {
        var bin = Path.Combine(Requires.PostgreSqlBin!, name);
        return OperatingSystem.IsWindows() ? bin + ".exe" : bin;
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Timeout=5";

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
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed: {errors}{await output}");
    }

    private static ProcessStartInfo StartInfo(string program, string[] arguments) =>
        new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
}
