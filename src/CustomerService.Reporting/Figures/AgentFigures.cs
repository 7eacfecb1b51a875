using System.Collections.Immutable;

namespace CustomerService.Reporting.Figures;

/// <summary>What agents did in a time.</summary>
/// <param name="Team">All of them as one.</param>
/// <param name="Agents">By their ids.</param>
public sealed record TeamFigures(AgentMeasures Team, ImmutableArray<AgentFigures> Agents);

/// <summary>What an agent did in the cases that began in a time, with as long before beside it.</summary>
public sealed record AgentFigures(string AgentId, AgentMeasures Now, AgentMeasures Before)
{
    /// <param name="cases">Those that began between <see cref="FiguresQuestion.Before"/> and its end.</param>
    public static ImmutableArray<AgentFigures> Of(FiguresQuestion question, IReadOnlyCollection<CaseRow> cases)
    {
        var asked = cases.Where(question.Asks).ToList();
        var agents = asked.SelectMany(row => row.Parts.Select(part => part.AgentId)).Distinct().Order(StringComparer.Ordinal);
        return
        [
            .. agents.Select(agent => new AgentFigures(
                agent,
                AgentMeasures.Of(agent, asked.Where(row => row.OpenedAt >= question.From)),
                AgentMeasures.Of(agent, asked.Where(row => row.OpenedAt < question.From)))),
        ];
    }

    /// <summary>All agents' together, as one.</summary>
    public static AgentMeasures TeamOf(FiguresQuestion question, IReadOnlyCollection<CaseRow> cases) =>
        AgentMeasures.Of(null, cases.Where(question.Asks).Where(row => row.OpenedAt >= question.From));
}

/// <summary>One agent's figures. Times are in seconds.</summary>
public sealed record AgentMeasures
{
    /// <summary>Cases that the agent had.</summary>
    public required int Cases { get; init; }

    /// <summary>Of them: settled by the agent, and not open again by now.</summary>
    public required int Settled { get; init; }

    /// <summary>Of those: nobody else had the case, and the customer did not write again.</summary>
    public required int SettledAtOnce { get; init; }

    /// <summary>How often a case went from the agent's hands back to a queue, or on to another.</summary>
    public required int PassedOn { get; init; }

    public required int Messages { get; init; }

    /// <summary>Of each answer: from the customer's oldest unanswered message, or from the assignment if that was later.</summary>
    public Quantiles? Response { get; init; }

    /// <summary>Of each case that is no longer in the agent's hands: how long it was, on hold or not, wrap-up with it. Several may be in hand at once.</summary>
    public Quantiles? Handling { get; init; }

    public required int Ratings { get; init; }

    /// <summary>Mean of the ratings, 1 to 5.</summary>
    public double? Satisfaction { get; init; }

    /// <summary>Suggested replies that were sent, changed or not.</summary>
    public required int SuggestionsTaken { get; init; }

    /// <summary>Those that were looked at, sent or left.</summary>
    public required int Suggestions { get; init; }

    /// <summary><see cref="SettledAtOnce"/> of <see cref="Settled"/>, 0…1.</summary>
    public double? SettledAtOnceRate => Measures.Share(SettledAtOnce, Settled);

    /// <summary><see cref="PassedOn"/> for each of <see cref="Cases"/>.</summary>
    public double? PassedOnRate => Measures.Share(PassedOn, Cases);

    /// <param name="agent">Null: all agents.</param>
    internal static AgentMeasures Of(string? agent, IEnumerable<CaseRow> cases)
    {
        bool Theirs(CasePart part) => agent is null || part.AgentId == agent;
        var had = cases.Where(row => row.Parts.Any(Theirs)).ToList();
        var parts = had.SelectMany(row => row.Parts.Where(Theirs)).ToList();
        var settled = had.Where(row => row.SettledAt is not null && row.Parts[^1] is { End: PartEnd.Settled } last && Theirs(last)).ToList();
        return new AgentMeasures
        {
            Cases = had.Count,
            Settled = settled.Count,
            SettledAtOnce = settled.Count(row => row.Reopenings == 0 && row.Parts.All(part => part.AgentId == row.Parts[^1].AgentId)),
            PassedOn = parts.Count(part => part.End == PartEnd.PassedOn),
            Messages = parts.Sum(part => part.Messages),
            Response = Quantiles.Of(parts.SelectMany(part => part.ResponseSeconds).Select(seconds => (double)seconds)),
            Handling = Quantiles.Of(had
                .Select(row => row.Parts.Where(Theirs).ToList())
                .Where(theirs => theirs.TrueForAll(part => part.HeldSince is null))
                .Select(theirs => theirs.Sum(part => part.HeldSeconds))),
            SuggestionsTaken = parts.Sum(part => part.SuggestionsTaken),
            Suggestions = parts.Sum(part => part.SuggestionsTaken + part.SuggestionsLeft),
            Ratings = parts.Count(part => part.Rating is not null),
            Satisfaction = Measures.Mean(parts.Select(part => part.Rating).OfType<int>().Select(score => (double)score)),
        };
    }
}
