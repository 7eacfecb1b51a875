using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsvHelper;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Queues;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Simulation.Traffic;

/// <summary>Reads recorded contacts from a CSV text; see docs/recipes/what-if.md for its columns.</summary>
public static class ContactFile
{
    private static readonly CsvReaderOptions Options = new()
    {
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    private static readonly string[] Required = ["arrival", "handle_seconds"];

    private static readonly string[] Urgencies = ["low", "normal", "high", "critical"];

    /// <summary>The columns; <c>arrival</c> and <c>handle_seconds</c> must be there.</summary>
    public static ImmutableArray<string> Columns { get; } =
    [
        "id", "arrival", "channel", "language", "tier", "intent", "queue", "priority", "urgency", "sentiment", "needs",
        "handle_seconds", "patience_seconds", "callback_after_seconds",
    ];

    /// <param name="file">How messages name it.</param>
    /// <param name="zone">Of arrivals that are written without an offset.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists each with line and fix.</exception>
    public static Arrivals Parse(string text, string file, TimeZoneInfo zone)
    {
        var findings = new Findings(file);
        var contacts = new List<Contact>();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var csv = CsvReader.Create(stream, Options, leaveOpen: true);
        try
        {
            csv.ReadHeader();
            var row = new ContactRow(findings, zone, [.. csv.Headers.Select(name => name.Trim())]);
            while (row.IsUsable && csv.Read())
            {
                if (row.Read((int)csv.LineNumber, csv.GetString, contacts.Count + 1) is { } contact)
                    contacts.Add(contact);
            }
        }
        catch (CsvFormatException fault)
        {
            findings.Error(
                new SourcePosition((int)Math.Max(1, fault.LineNumber), 1), fault.Message.TrimEnd('.'), "put quotes around a field that contains the separator, a quote (written twice) or a line break");
        }

        if (contacts.Count == 0 && !findings.HasErrors)
            findings.Error(SourcePosition.Start, "there are no contacts after the header line", "add one contact a line");
        foreach (var twice in contacts.GroupBy(contact => contact.Id, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Take(1))
            findings.Error(SourcePosition.Start, $"the id '{twice.Key}' comes {twice.Count()} times", "give every contact an id of its own, or leave the column out");
        if (findings.HasErrors)
            throw new PipelineFormatException(findings.InOrder);

        var assumptions = contacts.Exists(contact => contact.PatienceSeconds is null)
            ? ImmutableArray.Create("Contacts without patience_seconds never give up.")
            : [];
        return new Arrivals(
            Path.GetFileName(file), zone, [.. contacts.OrderBy(contact => contact.At).ThenBy(contact => contact.Id, StringComparer.Ordinal)], [], assumptions);
    }

    /// <summary>Makes contacts of rows.</summary>
    private sealed class ContactRow
    {
        private readonly Findings _findings;
        private readonly TimeZoneInfo _zone;
        private readonly string[] _headers;
        private Func<int, string?> _field = _ => null;
        private int _line = 1;

        public ContactRow(Findings findings, TimeZoneInfo zone, string[] headers)
        {
            (_findings, _zone, _headers) = (findings, zone, headers);
            foreach (var unknown in headers.Where(header => !Columns.Contains(header, StringComparer.OrdinalIgnoreCase)))
                findings.Error(SourcePosition.Start, $"there is no column '{unknown}'", Suggestion.For(unknown, Columns));
            foreach (var missing in Required.Where(name => PlaceOf(name) < 0))
                findings.Error(SourcePosition.Start, $"the column '{missing}' is missing", $"add it; the columns are {string.Join(", ", Columns)}");
        }

        public bool IsUsable => !_findings.HasErrors || _line > 1;

        public Contact? Read(int line, Func<int, string?> field, int number)
        {
            (_line, _field) = (line, field);
            var arrival = Arrival();
            var handle = Number("handle_seconds", 0, 1e7);
            if (handle is null && Text("handle_seconds") is null)
                Wrong("handle_seconds", "is empty", "write how long an agent takes for it alone, in seconds");
            if (arrival is null || handle is null)
                return null;
            return new Contact
            {
                Id = Text("id") ?? string.Create(CultureInfo.InvariantCulture, $"contact-{number:00000}"),
                At = arrival.Value,
                Channel = Word("channel", ChannelNames.All) ?? ChannelNames.Chat,
                Language = Text("language") ?? "en",
                Tier = Text("tier") ?? "standard",
                Intent = Text("intent") ?? "unknown",
                Urgency = Word("urgency", Urgencies) ?? "normal",
                Sentiment = Number("sentiment", -1, 1) ?? 0,
                Queue = Text("queue"),
                Priority = (int?)Number("priority", 0, 10),
                Needs = Needs(),
                HandleSeconds = handle.Value,
                PatienceSeconds = Number("patience_seconds", 0, 1e9),
                CallbackAfterSeconds = Number("callback_after_seconds", 0, 1e9),
            };
        }

        private int PlaceOf(string column) => Array.FindIndex(_headers, header => header.Equals(column, StringComparison.OrdinalIgnoreCase));

        private string? Text(string column) =>
            PlaceOf(column) is var place and >= 0 && _field(place)?.Trim() is { Length: > 0 } text ? text : null;

        private DateTimeOffset? Arrival()
        {
            var text = Text("arrival");
            if (text is not null && text.Length >= 10
                && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at))
            {
                return at.Kind == DateTimeKind.Unspecified
                    ? LocalDay.At(DateOnly.FromDateTime(at), at.TimeOfDay.TotalMinutes, _zone)
                    : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUniversalTime();
            }

            Wrong("arrival", text is null ? "is empty" : $"is '{text}'", "write it like 2026-03-02T09:15:00, or with an offset such as +01:00");
            return null;
        }

        private double? Number(string column, double least, double most)
        {
            if (Text(column) is not { } text)
                return null;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            Wrong(column, $"is '{text}'", FormattableString.Invariant($"write a number from {least} to {most}"));
            return null;
        }

        private string? Word(string column, IReadOnlyList<string> known)
        {
            if (Text(column) is not { } word || known.Contains(word))
                return Text(column);
            Wrong(column, $"is '{word}'", Suggestion.For(word, known));
            return null;
        }

        private ImmutableArray<SkillNeed> Needs()
        {
            var needs = ImmutableArray.CreateBuilder<SkillNeed>();
            foreach (var written in (Text("needs") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (SkillText.Need(written) is { } need)
                    needs.Add(need);
                else
                    Wrong("needs", $"has '{written}'", "write skills with a level from 1 to 5 and semicolons between, like 'billing: 3; language.de: 5 required'");
            }

            return needs.ToImmutable();
        }

        private void Wrong(string column, string what, string fix) => _findings.Error(new SourcePosition(_line, 1), $"'{column}' {what}", fix);
    }
}
