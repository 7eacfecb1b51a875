using System.Collections.Immutable;
using CustomerService.Assistants.Tools;
using CustomerService.Mcp.Settings;
using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Mcp.Outside;

/// <summary>
/// The outside tools that procedures may use: those that the settings allow and the owner approved. They are known without asking their servers,
/// so a server that is away takes no tool away; only its calls fail.
/// </summary>
public sealed partial class OutsideTools : IToolSource, IAsyncDisposable
{
    private readonly McpFile _settings;
    private readonly Func<string, string?> _environment;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LiveContent<ToolApprovals> _approvals;
    private readonly Lock _gate = new();
    private ImmutableDictionary<OutsideServer, OutsideConnection> _connections = ImmutableDictionary.Create<OutsideServer, OutsideConnection>(new SameServer());
    private volatile Set _current = new([]);

    /// <param name="approvalsFile">It may be missing: then nothing is approved.</param>
    /// <param name="environment">Where servers' keys are.</param>
    /// <exception cref="FormatException">The file of approved tools can't be used; the message says what to do.</exception>
    public OutsideTools(McpFile settings, string approvalsFile, Func<string, string?> environment, TimeProvider time, ILogger<OutsideTools> logger)
    {
        (_settings, _environment, _time, _logger) = (settings, environment, time, logger);
        _approvals = new(approvalsFile, () => [approvalsFile], () => ToolApprovals.Parse(SourceText.ReadIfThere(approvalsFile) ?? "", approvalsFile), time, logger);
        Build();
        _approvals.Changed += Build;
        settings.Changed += Build;
    }

    public event Action? Changed;

    public ImmutableArray<ITool> Tools => _current.Tools;

    public async ValueTask DisposeAsync()
    {
        _settings.Changed -= Build;
        _approvals.Dispose();
        foreach (var connection in _connections.Values)
            await connection.DisposeAsync();
    }

    /// <summary>Looks now whether other tools were approved.</summary>
    internal void Look() => _approvals.Look();

    private void Build()
    {
        lock (_gate)
        {
            var tools = ImmutableArray.CreateBuilder<ITool>();
            var before = _connections;
            _connections = before.Clear();
            foreach (var server in _settings.Current.Servers)
            {
                var connection = before.GetValueOrDefault(server) ?? new OutsideConnection(server, _environment, _time);
                _connections = _connections.Add(server, connection);
                tools.AddRange(ToolsOf(server, connection));
            }

            _current = new Set(tools.ToImmutable());
            foreach (var (server, connection) in before)
            {
                if (!_connections.ContainsKey(server))
                    _ = connection.DisposeAsync().AsTask();
            }
        }

        Changed?.Invoke();
    }

    private IEnumerable<ITool> ToolsOf(OutsideServer server, OutsideConnection connection)
    {
        foreach (var name in server.Allowed)
        {
            if (_approvals.Current.Find(server.Name, name) is not { } approved)
            {
                LogLeftOut(server.Name, name, $"it is not approved yet: ./run mcp approve {server.Name}");
                continue;
            }

            var parameters = OfferedArguments.Parameters(approved.Schema, out var problem);
            if (problem is null)
                yield return new OutsideTool(server, approved, parameters, connection);
            else
                LogLeftOut(server.Name, name, problem);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The tool {Server}.{Tool} can't be used: {Reason}")]
    private partial void LogLeftOut(string server, string tool, string reason);

    private sealed record Set(ImmutableArray<ITool> Tools);

    /// <summary>Whether a connection can stay when the settings were read again.</summary>
    private sealed class SameServer : IEqualityComparer<OutsideServer>
    {
        public bool Equals(OutsideServer? x, OutsideServer? y) => x is not null && y is not null
            && (x.Name, x.Url, x.Command, x.KeyVariable, x.Timeout) == (y.Name, y.Url, y.Command, y.KeyVariable, y.Timeout)
            && x.Arguments.SequenceEqual(y.Arguments) && x.Allowed.SequenceEqual(y.Allowed);

        public int GetHashCode(OutsideServer obj) => obj.Name.GetHashCode(StringComparison.Ordinal);
    }
}
