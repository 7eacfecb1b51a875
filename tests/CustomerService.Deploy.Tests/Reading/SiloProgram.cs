using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CustomerService.Deploy.Reading;

/// <summary>The program that the image runs, as it was built beside these tests.</summary>
internal static partial class SiloProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly ConcurrentDictionary<string, Task<IReadOnlySet<string>?>> Asked = new();

    private static string Dll => Checkout.PathOf($"silo/CustomerService.Silo/bin/{Configuration}/net10.0/CustomerService.Silo.dll");

    // …/bin/CONFIGURATION/net10.0/
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The flags that a command says it has.</summary>
    /// <returns>Null: there is no such command.</returns>
    /// <param name="command">Such as <c>run</c> or <c>database migrate</c>.</param>
    public static Task<IReadOnlySet<string>?> FlagsOfAsync(string command) => Asked.GetOrAdd(command, async asked =>
    {
        var (code, output, _) = await Tool.RunAsync("dotnet", [Dll, .. asked.Split(' '), "--help"]);
        // Help on a command that there is not is help on the program.
        return code == 0 && Usage().Match(output).Groups["command"].Value == asked
            ? Flag().Matches(output).Select(match => match.Value).ToHashSet()
            : null;
    });

    /// <summary>Runs the system in one process, lets one customer write something that needs a person, and reads <c>/metrics</c> when that is done.</summary>
    public static async Task<string> MetricsAfterAMessageAsync()
    {
        var data = Directory.CreateTempSubdirectory("customerservice-deploy-");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Dll, "run", "--data", data.FullName, "--listen", "http://127.0.0.1:0", "--metrics-port", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = data.FullName,
        })!;
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            using var http = new HttpClient { BaseAddress = await AddressAsync(process.StandardOutput, limit.Token) };
            var rest = process.StandardOutput.ReadToEndAsync(limit.Token);
            await WriteAsync(http, limit.Token);
            var metrics = await http.GetStringAsync(new Uri("metrics", UriKind.Relative), limit.Token);
            process.Kill();
            await rest;
            return metrics;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
            data.Delete(recursive: true);
        }
    }

    private static async Task<Uri> AddressAsync(StreamReader output, CancellationToken cancellation)
    {
        while (await output.ReadLineAsync(cancellation) is { } line)
        {
            if (Ready().Match(line) is { Success: true } ready)
                return new Uri(ready.Groups["address"].Value);
        }

        throw new InvalidOperationException("The program ended before it was ready.");
    }

    private static async Task WriteAsync(HttpClient http, CancellationToken cancellation)
    {
        using var opened = await http.PostAsJsonAsync("api/chat/sessions", new JsonObject(), cancellation);
        var session = await opened.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(cancellation);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)session!["token"]!);
        using var sent = await http.PostAsJsonAsync(
            "api/chat/messages",
            new JsonObject { ["conversationId"] = "deploy", ["messageId"] = "m1", ["text"] = "I am furious, my parcel is broken!" },
            cancellation);
        sent.EnsureSuccessStatusCode();
        // The message itself is the first; whatever answers it is the second.
        using var answered = await http.GetAsync(new Uri("api/conversations/deploy?after=1&wait=20", UriKind.Relative), cancellation);
        answered.EnsureSuccessStatusCode();
    }

    [GeneratedRegex(@"Usage:\s+CustomerService\.Silo (?<command>[a-z -]*?)(?: <| \[)")]
    private static partial Regex Usage();

    [GeneratedRegex(@"--[a-z][a-z-]*")]
    private static partial Regex Flag();

    [GeneratedRegex(@"^Ready\. .*(?<address>http://\S+)")]
    private static partial Regex Ready();
}
