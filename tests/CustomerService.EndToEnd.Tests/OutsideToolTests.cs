using System.Text.RegularExpressions;

namespace CustomerService.EndToEnd;

/// <summary>Another system's tool in a procedure of the owner's, both made known to the real program while it runs.</summary>
public sealed partial class OutsideToolTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly int _port = SiloProgram.FreePort();
    private ParcelServer? _server;

    private string Content => Path.Combine(_folder.Path, "content");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("program")]
    [InlineData("http")]
    public async Task ApprovedTool_AnswersTheCustomer_AndWhereItFailsAPersonDoes(string kind)
    {
        TestFolder.CopyContent(Content);
        await File.AppendAllTextAsync(Path.Combine(Content, "answers", "en", "procedures.yaml"), Words);
        await File.WriteAllTextAsync(Path.Combine(Content, "mcp.yaml"), $"servers: [{{ name: parcels, {await ServerAsync(kind)}, timeout: 60s, tools: {{ allow: [find_parcel], identity: none }} }}]\n");
        await using var program = await SiloProgram.RunAsync(_folder.Path, _port, "--content", Content);

        // The procedure comes before its tool is approved: it waits for it.
        await File.WriteAllTextAsync(Path.Combine(Content, "procedures", "find_parcel.yaml"), Procedure);
        await program.WaitForLineAsync(NoSuchTool());
        await program.WaitForLineAsync(InForce());
        await using (var approve = SiloProgram.Start("mcp", "approve", "parcels", "--content", Content))
            Assert.True(await approve.ExitAsync() == 0, approve.Output);
        await program.WaitForLineAsync(InForce());
        await using (var check = SiloProgram.Start("procedures", "check", Path.Combine(Content, "procedures", "find_parcel.yaml"), "--content", Content))
            Assert.True(await check.ExitAsync() == 0, check.Output);

        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        var (found, standing) = await AskAsync(http, "c-found", "P7");
        Assert.StartsWith("I looked: parcel P7 is in Ely.", found, StringComparison.Ordinal);
        Assert.Equal("assistant", standing);
        var (failed, handed) = await AskAsync(http, "c-failed", "P0");
        Assert.DoesNotContain("I looked", failed, StringComparison.Ordinal);
        Assert.Equal("queued", handed);
    }

    /// <summary>Tells the parcel's number when it is asked for; what is answered then, and who has the conversation.</summary>
    private static async Task<(string Text, string? Status)> AskAsync(HttpClient http, string conversation, string parcel)
    {
        var customer = await ChatClient.OpenAsync(http, conversation);
        await customer.TrySendAsync("m1", "How long does delivery take?");
        Assert.Contains("Which parcel is it?", (string?)(await customer.ReplyToAsync("m1"))["text"], StringComparison.Ordinal);
        await customer.TrySendAsync("m2", parcel);
        var reply = await customer.ReplyToAsync("m2");
        return ((string)reply["text"]!, (string?)(await customer.ReadAsync())["standing"]!["status"]);
    }

    private async Task<string> ServerAsync(string kind)
    {
        if (kind == "program")
            return $"command: dotnet, args: ['{ParcelProgram.Arguments[0]}']";
        _server = await ParcelServer.StartAsync();
        return $"url: '{_server.Address}'";
    }

    private const string Words = """

        find_parcel:
          which: Which parcel is it?
          where: "I looked: {{found_parcel}}."
        """;

    private const string Procedure = """
        name: find_parcel
        version: 1
        title: finding a parcel
        intents: [delivery_time]
        identity: none
        slots:
          number: { type: text, ask: find_parcel.which }
        steps:
          - ask: number
          - look_up: parcels.find_parcel
            with: { number: number }
            into: parcel
          - say: find_parcel.where
            values: { found_parcel: parcel }
        """;

    [GeneratedRegex("there is no tool 'parcels.find_parcel'")]
    private static partial Regex NoSuchTool();

    [GeneratedRegex("procedures was read again and is in force")]
    private static partial Regex InForce();
}
