using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Silo.Cluster;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.CommandLine;

/// <summary>The operators' addresses of a system that runs.</summary>
internal sealed class RunningConsole : IDisposable
{
    private readonly HttpClient _http;

    public RunningConsole(Uri address, string operatorToken)
    {
        _http = new HttpClient { BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/"), Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", operatorToken);
    }

    /// <exception cref="HttpRequestException">Nobody answers there.</exception>
    /// <exception cref="CommandFailedException">The system refuses; the message is its own.</exception>
    public async Task<string> SendAsync(HttpMethod method, string path, CancellationToken cancellation, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, cancellation);
        var body = await response.Content.ReadAsStringAsync(cancellation);
        return response.IsSuccessStatusCode
            ? body
            : throw new CommandFailedException(Detail(body) ?? $"{_http.BaseAddress}{path}: the system answered {(int)response.StatusCode}.");
    }

    public void Dispose() => _http.Dispose();

    private static string? Detail(string body)
    {
        try
        {
            return (string?)JsonNode.Parse(body)?["detail"];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>The flags that name a running console and the token for it.</summary>
internal sealed class ConsoleFlags
{
    private readonly Option<string?> _url = CommonOptions.Url("A running console of the system, such as http://localhost:8080.");

    private readonly FlagOrVariable _token = new("--operator-token", EnvironmentVariables.OperatorToken, "TOKEN", "The operators' token.");

    public IEnumerable<Option> Options => [_url, _token.Option];

    public Uri? Url(ParseResult parsed) => parsed.GetUrl(_url);

    public string? Token(ParseResult parsed) => _token.Text(parsed, Environment.GetEnvironmentVariable);

    /// <summary>The token that is named, or the one of the cluster whose database is.</summary>
    /// <exception cref="CommandFailedException">Neither is named, or the database can't be read.</exception>
    public async ValueTask<string> TokenAsync(ParseResult parsed, WhichSystem system, CancellationToken cancellation)
    {
        if (Token(parsed) is { } named)
            return named;
        await using var records = system.Database(parsed) is { } database
            ? await SharedDatabase.OpenAsync(database, cancellation)
            : throw new CommandFailedException("--url needs --operator-token, or --database to read it from.", SiloCommandLine.WrongUse);
        return (await records.KeysAsync(Environment.GetEnvironmentVariable, cancellation)).OperatorToken;
    }

    /// <summary>The console of the system that is named and runs.</summary>
    /// <param name="what">The command, for what is said where there is none.</param>
    /// <exception cref="CommandFailedException">It can't be told where it is, or it does not run.</exception>
    public async ValueTask<RunningConsole> OpenAsync(ParseResult parsed, WhichSystem system, string what, CancellationToken cancellation)
    {
        if (Url(parsed) is { } url)
            return new RunningConsole(url, await TokenAsync(parsed, system, cancellation));
        if (system.Database(parsed) is { } database)
            throw new CommandFailedException($"{what} in a cluster is done by one of its consoles: name it with --url http://host:port, beside --database {database}.", SiloCommandLine.WrongUse);
        var folder = DataFolder.Existing(system.Folder(parsed));
        return folder.Announced() is { } running
            ? new RunningConsole(running, folder.OperatorToken())
            : throw new CommandFailedException($"--data {folder.Path}: no system runs there, and {what} is done by the one that runs. Start it first.");
    }
}
