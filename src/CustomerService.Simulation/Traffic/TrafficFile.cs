using System.Collections.Immutable;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Simulation.Traffic;

/// <summary>Reads a day whose contacts are drawn from a YAML text; see docs/recipes/what-if.md for its shape.</summary>
public static class TrafficFile
{
    /// <param name="file">How messages name it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists each with line, column and fix.</exception>
    public static TrafficPlan Parse(string text, string file)
    {
        var findings = new Findings(file);
        var plan = YamlText.Read(text, findings) is { } root ? new Reader(new DayReader(findings)).Read(root, file) : null;
        return plan is not null && !findings.HasErrors ? plan : throw new PipelineFormatException(findings.InOrder);
    }

    private sealed class Reader(DayReader day)
    {
        public TrafficPlan Read(YamlMapping root, string file)
        {
            var map = day.Map(root, "a traffic file", "time_zone", "date", "contacts", "incidents");
            var zone = day.Zone(map);
            var date = day.Date(map, "date");
            if (date is null && map.Node("date") is null)
                day.Findings.Error(root.At, "the day has no date", "add 'date: 2026-03-02'");
            var kinds = map.Map("contacts");
            if (kinds is null or { Entries.Count: 0 })
                day.Findings.Error(kinds?.At ?? root.At, "nobody comes on this day", "add kinds of contact under 'contacts:'");
            return new TrafficPlan
            {
                Source = Path.GetFileName(file),
                Zone = zone,
                Date = date ?? default,
                Kinds = [.. (kinds?.Entries ?? []).Select(entry => Kind(entry.Key, entry.Value)).OfType<ContactKind>()],
                Incidents = [.. (map.List("incidents")?.Items ?? []).Select(item => Incident(item, date ?? default, zone)).OfType<Incident>()],
            };
        }

        private ContactKind? Kind(YamlScalar name, YamlNode node)
        {
            if (node is not YamlMapping section)
            {
                day.Findings.Error(node.At, $"the contacts '{name.Text}' are {node.Kind}, where a map is expected", "write channel, per_hour and handling under it");
                return null;
            }

            var map = day.Map(
                section, $"the contacts '{name.Text}'", "channel", "language", "tier", "intent", "urgency", "sentiment", "queue", "priority", "needs", "per_hour", "handling", "patience", "callback");
            var callback = map.Map("callback") is { } calls ? day.Map(calls, "'callback'", "after", "share") : null;
            var channel = day.Channel(map);
            var handling = day.Distribution(map, "handling");
            Required(map, section, "channel", "chat");
            Required(map, section, "handling", "{ lognormal: 6m, spread: 0.6 }");
            if (channel is null || handling is null)
                return null;
            return new ContactKind
            {
                Name = name.Text,
                Channel = channel,
                PerHour = Rates(map, section, name.Text),
                Handling = handling,
                Patience = day.Distribution(map, "patience"),
                Languages = day.Mix(map, "language") ?? Mix.Of("en"),
                Tiers = day.Mix(map, "tier") ?? Mix.Of("standard"),
                Intents = day.Mix(map, "intent") ?? Mix.Of("unknown"),
                Urgency = Word(map, "urgency", "low", "normal", "high", "critical") ?? "normal",
                Sentiment = map.Number("sentiment", -1, 1) ?? 0,
                Queue = map.Text("queue")?.Value,
                Priority = map.Whole("priority", 0, 10),
                Needs = day.Needs(map, "needs"),
                CallbackShare = callback is null ? 0 : day.Share(callback, "share") ?? 1,
                CallbackAfterSeconds = callback is null ? null : day.Seconds(callback, "after") ?? 0,
            };
        }

        private void Required(MappingReader map, YamlMapping section, string key, string example)
        {
            if (map.Node(key) is null)
                day.Findings.Error(section.At, $"these contacts have no {key}", $"add '{key}: {example}'");
        }

        private string? Word(MappingReader map, string key, params string[] known)
        {
            if (map.Text(key) is not { } word || known.Contains(word.Value))
                return map.Text(key)?.Value;
            day.Findings.Error(word.At, $"'{word.Value}' is no {key}", Suggestion.For(word.Value, known));
            return null;
        }

        private ImmutableArray<(DaySpan Span, double PerHour)> Rates(MappingReader map, YamlMapping section, string kind)
        {
            Required(map, section, "per_hour", "{ 08:00-12:00: 30, 12:00-18:00: 20 }");
            if (map.Map("per_hour") is not { } rates)
                return [];
            var values = day.Map(rates, "'per_hour'", [.. rates.Entries.Select(entry => entry.Key.Text)]);
            var all = ImmutableArray.CreateBuilder<(DaySpan Span, double PerHour)>(rates.Entries.Count);
            foreach (var (key, _) in rates.Entries)
            {
                if (day.Span(new Located<string>(key.Text, key.At), $"a part of the day of '{kind}'") is not { } span)
                    continue;
                if (all.FirstOrDefault(other => other.Span.From < span.Until && span.From < other.Span.Until).Span is { Minutes: > 0 } overlapped)
                    day.Findings.Error(key.At, $"{key.Text} overlaps with {overlapped}", "end one where the other begins");
                all.Add((span, values.Number(key.Text, 0, 1_000_000) ?? 0));
            }

            return [.. all.OrderBy(each => each.Span.From)];
        }

        private Incident? Incident(YamlNode node, DateOnly date, TimeZoneInfo zone)
        {
            if (node is not YamlMapping section)
            {
                day.Findings.Error(node.At, $"an incident is {node.Kind}, where a map is expected", "write '- { pause: billing, at: 10:30, for: 20m }'");
                return null;
            }

            var map = day.Map(section, "an incident", "pause", "disconnect", "at", "for", "reason");
            if ((map.Node("pause") is null) == (map.Node("disconnect") is null))
                day.Findings.Error(section.At, "an incident pauses a queue or disconnects an agent", "write either 'pause: QUEUE' or 'disconnect: AGENT'");
            map.RequiredText("at", "10:30");
            map.RequiredText("for", "20m");
            if (day.TimeOfDay(map, "at") is not { } minute || day.Seconds(map, "for") is not { } seconds)
                return null;
            var (at, lasts) = (LocalDay.At(date, minute, zone), TimeSpan.FromSeconds(seconds));
            return map.Text("pause") is { } queue
                ? new Incident.QueuePaused(queue.Value, map.Text("reason")?.Value ?? "an outage") { At = at, Lasts = lasts }
                : map.Text("disconnect") is { } agent ? new Incident.AgentLost(agent.Value) { At = at, Lasts = lasts } : null;
        }
    }
}
