using System.Collections.Immutable;

namespace CustomerService.Reporting.Figures;

/// <summary>What happened, in numbers. They follow what happens within moments.</summary>
public interface IFigures
{
    /// <summary>By whose wall clock days begin: that of the owner's calendar.</summary>
    TimeZoneInfo Zone { get; }

    /// <exception cref="ArgumentException">The time is empty or longer than <see cref="FiguresQuestion.MaxDays"/> days.</exception>
    ValueTask<FiguresReport> ReadAsync(FiguresQuestion question, CancellationToken cancellation = default);

    /// <summary>Each agent's part in the cases that began in that time.</summary>
    /// <exception cref="ArgumentException">The time is empty or longer than <see cref="FiguresQuestion.MaxDays"/> days.</exception>
    ValueTask<TeamFigures> ReadAgentsAsync(FiguresQuestion question, CancellationToken cancellation = default);

    /// <summary>The cases that were settled in that time and still are, the oldest first.</summary>
    ValueTask<ImmutableArray<CaseRow>> SettledAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation = default);
}

/// <summary>Figures from the tables of cases.</summary>
public sealed class FiguresFromCases(CaseTables tables, Func<TimeZoneInfo> zone) : IFigures
{
    public TimeZoneInfo Zone => zone();

    public async ValueTask<FiguresReport> ReadAsync(FiguresQuestion question, CancellationToken cancellation = default)
    {
        Check(question);
        return FiguresReport.Of(question, await tables.OpenedAsync(question.Before, question.Until, cancellation));
    }

    public async ValueTask<TeamFigures> ReadAgentsAsync(FiguresQuestion question, CancellationToken cancellation = default)
    {
        Check(question);
        var cases = await tables.OpenedAsync(question.Before, question.Until, cancellation);
        return new TeamFigures(AgentFigures.TeamOf(question, cases), AgentFigures.Of(question, cases));
    }

    public ValueTask<ImmutableArray<CaseRow>> SettledAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation = default) =>
        tables.SettledAsync(from, until, cancellation);

    private static void Check(FiguresQuestion question)
    {
        if (question.Until <= question.From)
            throw new ArgumentException("The time ends before it begins; give an end that is later than the beginning.", nameof(question));
        if (question.Until - question.From > TimeSpan.FromDays(FiguresQuestion.MaxDays + 1))
            throw new ArgumentException($"The time is longer than {FiguresQuestion.MaxDays} days; give a shorter one.", nameof(question));
    }
}
