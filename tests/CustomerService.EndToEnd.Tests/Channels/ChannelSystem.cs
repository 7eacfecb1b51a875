using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CustomerService.EndToEnd.Channels;

/// <summary>The real program with accounts in its <c>channels.yaml</c>, seen by staff.</summary>
internal sealed class ChannelSystem : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly int _port = SiloProgram.FreePort();
    private readonly KeyValuePair<string, string>[] _environment;
    private HttpClient? _staff;

    private ChannelSystem(KeyValuePair<string, string>[] environment) => _environment = environment;

    public SiloProgram Program { get; private set; } = null!;

    public string Data => Path.Combine(_folder.Path, "data");

    public string ChannelsFile => Path.Combine(_folder.Path, "content", "channels.yaml");

    /// <param name="accounts">What stands under <c>accounts:</c>.</param>
    /// <param name="environment">The secrets.</param>
    public static Task<ChannelSystem> StartAsync(string accounts, params KeyValuePair<string, string>[] environment) => StartAsync(accounts, _ => { }, environment);

    /// <param name="edit">Edits the other files of the content, whose folder it is given.</param>
    public static async Task<ChannelSystem> StartAsync(string accounts, Action<string> edit, params KeyValuePair<string, string>[] environment)
    {
        var system = new ChannelSystem(environment);
        var content = Path.Combine(system._folder.Path, "content");
        TestFolder.CopyContent(content);
        edit(content);
        await system.WriteAccountsAsync(accounts);
        await system.RunAsync();
        return system;
    }

    /// <summary>The same with what stands under <c>chat:</c>.</summary>
    public static async Task<ChannelSystem> StartWithChatAsync(string chat, string accounts, params KeyValuePair<string, string>[] environment)
    {
        var system = new ChannelSystem(environment);
        TestFolder.CopyContent(Path.Combine(system._folder.Path, "content"));
        await system.WriteAccountsAsync(accounts, $"chat: {chat}\n");
        await system.RunAsync();
        return system;
    }

    /// <summary>Customers of the chat, who bring no token but their own.</summary>
    public HttpClient Customers() => new() { BaseAddress = new Uri($"http://127.0.0.1:{_port}/") };

    public Task WriteAccountsAsync(string accounts, string more = "") =>
        File.WriteAllTextAsync(ChannelsFile, $"public_url: http://127.0.0.1:{_port}\n{more}accounts:\n{string.Join('\n', accounts.ReplaceLineEndings("\n").Split('\n').Select(line => "  " + line))}\n");

    /// <summary>Where the provider of an account calls.</summary>
    public Uri Webhook(string account) => new($"http://127.0.0.1:{_port}/api/channels/{account}");

    /// <summary>Another command of the program, on the same folder and with the same secrets.</summary>
    public SiloProgram Command(params IEnumerable<string> args) =>
        SiloProgram.Start(_environment, [.. args, "--data", Data, "--content", Path.GetDirectoryName(ChannelsFile)!]);

    /// <summary>SIGKILL, and a new start.</summary>
    public async Task KillAndRestartAsync()
    {
        await Program.KillAsync();
        await Program.DisposeAsync();
        await RunAsync();
    }

    public async Task<JsonNode> AskAsync(HttpMethod method, string path, string? body = null)
    {
        var answer = await TryAsync(method, path, body);
        return answer ?? throw new InvalidOperationException($"{method} {path} was refused. The program printed:\n{Program.Output}");
    }

    /// <summary>Null where it is refused.</summary>
    public async Task<JsonNode?> TryAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _staff!.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(text.Length == 0 ? "{}" : text) : null;
    }

    /// <summary>Looks at a conversation, again and again, until it is as wanted.</summary>
    public async Task<JsonNode> UntilAsync(string conversation, string wanted, Func<JsonNode, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        JsonNode? page = null;
        while (!patience.IsCancellationRequested)
        {
            page = await TryAsync(HttpMethod.Get, $"api/conversations/{conversation}?wait=1&after={page?["standing"]?["lastSequence"] ?? 0}");
            page = page is null ? null : await TryAsync(HttpMethod.Get, $"api/conversations/{conversation}");
            if (page is not null && holds(page))
                return page;
        }

        throw new TimeoutException($"{conversation} should be: {wanted}. It is {page}. The program printed:\n{Program.Output}");
    }

    /// <summary>Looks until what was sent to the customer has come so far.</summary>
    public Task<JsonNode> UntilSentAsync(string conversation, params string[] statuses) => UntilAsync(
        conversation, $"messages that are {string.Join(", ", statuses)}", page => Statuses(page).SequenceEqual(statuses));

    /// <summary>What became of the messages to the customer, oldest first.</summary>
    public static IEnumerable<string> Statuses(JsonNode page) =>
        (page["internal"]!["deliveries"]?.AsArray() ?? []).OrderBy(each => (long)each!["sequence"]!).Select(each => (string)each!["status"]!);

    /// <summary>The transcript, each message as "author: text".</summary>
    public static List<string> Transcript(JsonNode page) => [.. page["messages"]!.AsArray().Select(message => $"{message!["author"]}: {message["text"]}")];

    /// <summary>A file for a reply; its ticket.</summary>
    public async Task<string> UploadAsync(string name, string mediaType, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        using var answer = await _staff!.PostAsync($"api/attachments?name={Uri.EscapeDataString(name)}", content);
        return (string)JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["ticket"]!;
    }

    /// <summary>A message's file, as staff read it.</summary>
    public Task<byte[]> ReadFileAsync(string conversation, string reference) => _staff!.GetByteArrayAsync($"api/conversations/{conversation}/attachments/{reference}");

    public async ValueTask DisposeAsync()
    {
        _staff?.Dispose();
        await Program.DisposeAsync();
        _folder.Dispose();
    }

    private async Task RunAsync()
    {
        Program = SiloProgram.Start(_environment,
        [
            "run", "--data", Data, "--content", Path.GetDirectoryName(ChannelsFile)!, "--listen", $"http://127.0.0.1:{_port}", "--metrics-port", "0",
        ]);
        await Program.WaitForLineAsync(SiloProgram.ReadyLine());
        _staff?.Dispose();
        _staff = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}/") };
        var token = (await File.ReadAllTextAsync(Path.Combine(Data, "keys", "operator-token"))).Trim();
        _staff.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }
}
