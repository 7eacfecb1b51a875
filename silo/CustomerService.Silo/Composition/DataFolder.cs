using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CustomerService.Channels.Email.Receiving;
using CustomerService.Channels.Files;
using CustomerService.Integrations.Orders;
using CustomerService.Knowledge;
using CustomerService.Reporting.Conversations;
using CustomerService.Reporting.Figures;
using CustomerService.Runtime.Stores.Sqlite;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Crm;

namespace CustomerService.Silo.Composition;

/// <summary>The folder that keeps everything of one system, and what lies where in it.</summary>
internal sealed record DataFolder(string Path) : ISystemRecords
{
    public string Database => System.IO.Path.Combine(Path, SqliteStore.FileName);

    public string Orders => System.IO.Path.Combine(Path, "orders.db");

    /// <summary>What was decided about people's corrections.</summary>
    public string Examples => System.IO.Path.Combine(Path, "examples.jsonl");

    /// <summary>Votes on articles, and their former texts.</summary>
    public string Knowledge => System.IO.Path.Combine(Path, "knowledge.db");

    /// <summary>The list of conversations; it follows from the journal, and may be deleted while the system stands still.</summary>
    public string Conversations => System.IO.Path.Combine(Path, "conversations.db");

    /// <summary>The cases that figures count. They follow from the journal, but for those of erased conversations, which only this file has.</summary>
    public string Figures => System.IO.Path.Combine(Path, "figures.db");

    /// <summary>How far in the journal an outside system was told of it.</summary>
    public string PositionFile(string destination) => System.IO.Path.Combine(Path, $"{destination}.position");

    /// <summary>What an outside system would not take.</summary>
    public string RefusedFile(string destination) => System.IO.Path.Combine(Path, $"{destination}-refused.jsonl");

    /// <summary>Written while a system runs here, so that other commands find it.</summary>
    private string Endpoint => System.IO.Path.Combine(Path, "endpoint.json");

    private string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>The folder, made if need be.</summary>
    /// <exception cref="CommandFailedException">It can't be made.</exception>
    public static DataFolder Create(string path)
    {
        try
        {
            return new DataFolder(Directory.CreateDirectory(path).FullName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"--data {path}: {fault.Message.TrimEnd('.')}. Name a folder that this user can write.");
        }
    }

    /// <summary>The folder of a system that has run.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public static DataFolder Existing(string path)
    {
        var folder = new DataFolder(System.IO.Path.GetFullPath(path));
        return File.Exists(folder.Database)
            ? folder
            : throw new CommandFailedException($"--data {path}: no system has run there (there is no {SqliteStore.FileName}). Name its folder.", SiloCommandLine.WrongUse);
    }

    public ValueTask<SystemKeys> KeysAsync(Func<string, string?> environment, CancellationToken cancellation) =>
        new(SystemKeys.Choose(environment, VisitorKey, StaffKey, AgentToken, OperatorToken));

    public StoredOrders OpenOrders() => new SqliteOrderSystem(Orders);

    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public IFeedPosition FeedPosition(string destination) => Crm.FeedPosition.Open(PositionFile(destination));

    public IRefusedEvents RefusedEvents(string destination, TimeProvider time) => new RefusedEvents(RefusedFile(destination), time);

    public IAttachmentStore Attachments() => new FolderAttachmentStore(System.IO.Path.Combine(Path, "attachments"));

    public IMailboxPositions MailboxPositions() => new FilePositions(System.IO.Path.Combine(Path, "mailboxes"));

    public IParkedMails ParkedMails() => new FileParkedMails(System.IO.Path.Combine(Path, "parked-mails"));

    public IDuty Duty(string name, TimeProvider time, ILoggerFactory loggers) => new OnlyProcess();

    public KnowledgeRecords OpenKnowledge(TimeProvider time) => KnowledgeRecords.Open(Knowledge, time);

    public ConversationTables OpenConversationList() => ConversationTables.OnFile(Conversations);

    public CaseTables OpenFigures() => CaseTables.OnFile(Figures);

    public ReadOnlyMemory<byte> VisitorKey() => Gateway.Visitors.VisitorKey.LoadOrCreate(System.IO.Path.Combine(MakeKeys(), "visitor-key"));

    public ReadOnlyMemory<byte> StaffKey() => Gateway.Visitors.VisitorKey.LoadOrCreate(System.IO.Path.Combine(MakeKeys(), "staff-key"));

    public string AgentToken() => LoadOrCreateToken("agent-token");

    public string OperatorToken() => LoadOrCreateToken("operator-token");

    public string? ClientKey(string client) => LoadOrCreateToken($"mcp-{client}");

    public void Announce(Uri address) =>
        File.WriteAllText(Endpoint, new JsonObject { ["url"] = address.ToString(), ["pid"] = Environment.ProcessId }.ToJsonString());

    public void Withdraw() => File.Delete(Endpoint);

    /// <summary>Where the system that runs here listens; null when none does, as far as the folder knows.</summary>
    public Uri? Announced()
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Endpoint))?["url"] is { } url ? new Uri(url.GetValue<string>()) : null;
        }
        catch (Exception fault) when (fault is IOException or System.Text.Json.JsonException or UriFormatException)
        {
            return null;
        }
    }

    private string LoadOrCreateToken(string name)
    {
        var path = System.IO.Path.Combine(MakeKeys(), name);
        try
        {
            if (!File.Exists(path))
            {
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows())
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                using var writer = new StreamWriter(path, options);
                writer.WriteLine(RandomNumberGenerator.GetHexString(40, lowercase: true));
            }

            return File.ReadAllText(path).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{path}: {fault.Message}");
        }
    }

    private string MakeKeys() => Directory.CreateDirectory(Keys).FullName;
}
