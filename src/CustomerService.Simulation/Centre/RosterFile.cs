using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Definitions;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Centre;

/// <summary>Reads a roster from a YAML text; see docs/recipes/what-if.md for its shape.</summary>
public static class RosterFile
{
    private const int MostAgents = 20_000;

    /// <param name="file">How messages name it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists each with line, column and fix.</exception>
    public static Roster Parse(string text, string file)
    {
        var findings = new Findings(file);
        var roster = YamlText.Read(text, findings) is { } root ? new Reader(new DayReader(findings)).Read(root, file) : null;
        return roster is not null && !findings.HasErrors ? roster : throw new PipelineFormatException(findings.InOrder);
    }

    private sealed class Reader(DayReader day)
    {
        private readonly Dictionary<string, SourcePosition> _ids = new(StringComparer.Ordinal);

        public Roster Read(YamlMapping root, string file)
        {
            var map = day.Map(root, "a roster", "time_zone", "people", "agents");
            var nature = map.Map("people") is { } people ? Nature(people) : new HumanNature();
            var groups = map.List("agents");
            if (groups is null or { Items.Count: 0 })
                day.Findings.Error(groups?.At ?? root.At, "nobody is on the roster", "add agents or groups of them under 'agents:'");
            return new Roster
            {
                Source = Path.GetFileName(file),
                Zone = day.Zone(map),
                Agents = [.. (groups?.Items ?? []).SelectMany(Group)],
                Nature = nature,
            };
        }

        private HumanNature Nature(YamlMapping section)
        {
            var map = day.Map(section, "'people'", "reaction", "wrap_up", "attention");
            var nature = new HumanNature();
            var attention = nature.Attention;
            if (map.Map("attention") is { } shares)
            {
                var values = day.Map(shares, "'attention'", [.. ChannelNames.All]);
                foreach (var (channel, _) in shares.Entries)
                    attention = attention.SetItem(channel.Text, day.Share(values, channel.Text) ?? 1);
            }

            return nature with
            {
                Reaction = day.Distribution(map, "reaction") ?? nature.Reaction,
                WrapUp = day.Distribution(map, "wrap_up") ?? nature.WrapUp,
                Attention = attention,
            };
        }

        /// <summary>One agent, or a group of agents who are alike and take turns with shifts and breaks.</summary>
        private IEnumerable<RosterAgent> Group(YamlNode node)
        {
            if (node is not YamlMapping section)
            {
                day.Findings.Error(node.At, $"an agent is {node.Kind}, where a map is expected", "write '- agent: anna' or '- group: orders' and the rest under it");
                return [];
            }

            var map = day.Map(
                section, "an entry of 'agents'", "agent", "group", "count", "queues", "helps", "skills", "capacity", "channels", "queue_units", "shift", "shifts", "days", "breaks", "absent");
            if ((map.Node("agent") is null) == (map.Node("group") is null))
                day.Findings.Error(section.At, "an entry is one agent or a group", "write either 'agent: anna' or 'group: orders' with 'count: 12'");
            var name = map.Text("agent") ?? map.Text("group");
            var isGroup = map.Node("group") is not null;
            if (isGroup && map.Node("count") is null)
                day.Findings.Error(section.At, "the group has no count", "add 'count: 12'");
            if (!isGroup && map.Node("count") is { } count)
                day.Findings.Error(count.At, "one agent has no count", "write 'group:' instead of 'agent:'");

            var queues = map.Texts("queues");
            var helps = Helps(map);
            if (queues.IsEmpty && helps.IsEmpty)
                day.Findings.Error(map.Node("queues")?.At ?? section.At, "these agents serve no queue", "add 'queues: [general]'");
            var shifts = Shifts(map, section);
            var size = isGroup ? map.Whole("count", 1, MostAgents) ?? 1 : 1;
            var breaks = Breaks(map, shifts);
            var absent = isGroup ? map.Whole("absent", 0, size) ?? 0 : Absent(map);
            if (name is null || shifts.IsEmpty)
                return [];

            // In the order of the file: a hash table's differs from one process to the next, and the play would with it.
            var helped = map.Map("helps")?.Entries.Select(entry => entry.Key.Text) ?? [];
            var agent = new RosterAgent
            {
                Id = name.Value.Value,
                Queues = [.. queues.Select(queue => queue.Value).Concat(helped).Distinct(StringComparer.Ordinal)],
                Skills = Skills(map),
                Capacity = map.Whole("capacity", 1, 1_000) ?? 1,
                Desk = new DeskPolicy
                {
                    Activities = [.. breaks.Select(each => each.Activity).Distinct(StringComparer.Ordinal).Select(activity => new AgentActivity(activity, Available: false))],
                    Channels = DeskChannels(map),
                    QueueDelays = helps,
                    QueueUnits = QueueUnits(map),
                },
                Shift = shifts[0],
                Days = Days(map),
            };
            return [.. Enumerable.Range(0, size).Select(number => Member(agent, number, size, isGroup, shifts, breaks) with { IsAbsent = number >= size - absent }).Where(IsNew)];

            bool IsNew(RosterAgent member)
            {
                if (_ids.TryAdd(member.Id, name.Value.At))
                    return true;
                day.Findings.Error(name.Value.At, $"the agent '{member.Id}' is on the roster already, in line {_ids[member.Id].Line}", "give each agent and group a name of its own");
                return false;
            }
        }

        private static RosterAgent Member(RosterAgent agent, int number, int size, bool isGroup, ImmutableArray<DaySpan> shifts, ImmutableArray<GroupBreak> breaks)
        {
            var shift = shifts[number % shifts.Length];
            return agent with
            {
                Id = isGroup ? string.Create(CultureInfo.InvariantCulture, $"{agent.Id}-{number + 1}") : agent.Id,
                Shift = shift,
                Breaks = [.. breaks.Select(each => each.Of(number, size)).Where(each => each.At > shift.From && each.At < shift.Until)],
            };
        }

        private ImmutableArray<DaySpan> Shifts(MappingReader map, YamlMapping section)
        {
            if ((map.Node("shift") is null) == (map.Node("shifts") is null))
                day.Findings.Error(section.At, "these agents have no shift, or twice", "write 'shift: 08:00-16:30', or 'shifts:' with a list that the group takes turns with");
            var texts = map.Node("shifts") is null ? map.Text("shift") is { } one ? [one] : [] : map.Texts("shifts");
            return [.. texts.Select(text => day.Span(text, "a shift")).OfType<DaySpan>()];
        }

        private ImmutableDictionary<string, double> Helps(MappingReader map)
        {
            if (map.Map("helps") is not { } section)
                return ImmutableDictionary<string, double>.Empty;
            var values = day.Map(section, "'helps'", [.. section.Entries.Select(entry => entry.Key.Text)]);
            return section.Entries.ToImmutableDictionary(entry => entry.Key.Text, entry => day.Seconds(values, entry.Key.Text) ?? 0);
        }

        private ImmutableDictionary<string, int> Skills(MappingReader map)
        {
            if (map.Map("skills") is not { } section)
                return ImmutableDictionary<string, int>.Empty;
            var values = day.Map(section, "'skills'", [.. section.Entries.Select(entry => entry.Key.Text)]);
            return section.Entries.ToImmutableDictionary(entry => entry.Key.Text, entry => values.Whole(entry.Key.Text, 1, 5) ?? 1);
        }

        private ImmutableDictionary<string, int> QueueUnits(MappingReader map)
        {
            if (map.Map("queue_units") is not { } section)
                return ImmutableDictionary<string, int>.Empty;
            var values = day.Map(section, "'queue_units'", [.. section.Entries.Select(entry => entry.Key.Text)]);
            return section.Entries.ToImmutableDictionary(entry => entry.Key.Text, entry => values.Whole(entry.Key.Text, 1, 1_000) ?? 1);
        }

        /// <summary>Once channels are named, these are all that there are.</summary>
        private ImmutableDictionary<string, ChannelCapacity> DeskChannels(MappingReader map)
        {
            if (map.Map("channels") is not { } section)
                return ImmutableDictionary<string, ChannelCapacity>.Empty;
            var values = day.Map(section, "'channels'", [.. ChannelNames.All]);
            var channels = ChannelNames.All.ToImmutableDictionary(channel => channel, _ => new ChannelCapacity(0, Exclusive: false));
            foreach (var (channel, _) in section.Entries)
            {
                channels = channels.SetItem(channel.Text, values.Node(channel.Text) is YamlScalar { Text: "exclusive" }
                    ? new ChannelCapacity(1, Exclusive: true)
                    : new ChannelCapacity(values.Whole(channel.Text, 0, 1_000) ?? 0, Exclusive: false));
            }

            return channels;
        }

        private ImmutableArray<DayOfWeek> Days(MappingReader map)
        {
            if (map.Text("days") is not { } text)
                return [];
            var days = OpenHours.Days(text.Value);
            if (days.IsEmpty)
                day.Findings.Error(text.At, $"'{text.Value}' names no days", "write 'days: mon-fri' or 'days: mon, wed'");
            return days;
        }

        private int Absent(MappingReader map)
        {
            if (map.Node("absent") is null or YamlScalar { Value: bool })
                return map.Node("absent") is YamlScalar { Value: true } ? 1 : 0;
            day.Findings.Error(map.Node("absent")!.At, "one agent is absent or not", "write 'absent: true'");
            return 0;
        }

        private ImmutableArray<GroupBreak> Breaks(MappingReader map, ImmutableArray<DaySpan> shifts)
        {
            var breaks = ImmutableArray.CreateBuilder<GroupBreak>();
            foreach (var item in map.List("breaks")?.Items ?? [])
            {
                if (item is not YamlMapping section)
                {
                    day.Findings.Error(item.At, $"a break is {item.Kind}, where a map is expected", "write '- { activity: lunch, length: 30m, between: 11:30-13:30 }'");
                    continue;
                }

                var values = day.Map(section, "a break", "activity", "length", "at", "between");
                values.RequiredText("activity", "lunch");
                values.RequiredText("length", "30m");
                if ((values.Node("at") is null) == (values.Node("between") is null))
                    day.Findings.Error(section.At, "a break has no time, or two", "write 'at: 12:00', or 'between: 11:30-13:30' and the group takes turns");
                var window = values.Text("between") is { } between ? day.Span(between, "'between'") : day.TimeOfDay(values, "at") is { } minute ? new DaySpan(minute, minute) : null;
                if (window is not { } span || values.Text("activity") is not { } activity || day.Seconds(values, "length") is not { } seconds)
                    continue;
                if (shifts.All(shift => span.Until <= shift.From || span.From >= shift.Until))
                    day.Findings.Error(section.At, $"the {activity.Value} lies outside every shift of these agents", "move it into the shift");
                breaks.Add(new GroupBreak(activity.Value, span, TimeSpan.FromSeconds(seconds)));
            }

            return breaks.ToImmutable();
        }

        private readonly record struct GroupBreak(string Activity, DaySpan Between, TimeSpan Lasts)
        {
            /// <summary>Members go one after the other, so that never all are away.</summary>
            public Break Of(int number, int size)
            {
                var latest = Math.Max(0, Between.Minutes - Lasts.TotalMinutes);
                return new Break(Activity, Between.From + (int)(size == 1 ? 0 : latest * number / (size - 1)), Lasts);
            }
        }
    }
}
