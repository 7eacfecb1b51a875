using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues.Matching;

/// <summary>
/// What a conversation asks at each step of its queue's relaxation. A step that changes nothing for it is passed over; a step is due when
/// all before it are.
/// </summary>
internal sealed class Ladder
{
    private readonly Requirement[] asked;
    private readonly Rung?[] next;

    private Ladder(Requirement[] asked, Rung?[] next)
    {
        this.asked = asked;
        this.next = next;
    }

    public static Ladder Of(ImmutableArray<RelaxationStep> steps, Requirement first)
    {
        steps = steps.OrEmpty();
        var asked = new Requirement[steps.Length + 1];
        var ages = new long[steps.Length + 1];
        asked[0] = first;
        for (var index = 0; index < steps.Length; index++)
        {
            asked[index + 1] = asked[index].After(steps[index]) is var after && after.Equals(asked[index]) ? asked[index] : after;
            ages[index + 1] = Math.Max(ages[index], Seconds.Ticks(steps[index].AfterSeconds));
        }

        var next = new Rung?[steps.Length + 1];
        for (var taken = steps.Length - 1; taken >= 0; taken--)
            next[taken] = asked[taken + 1] == asked[taken] ? next[taken + 1] : new Rung(taken + 1, ages[taken + 1]);
        return new Ladder(asked, next);
    }

    /// <summary>What is asked when so many steps are taken.</summary>
    public Requirement At(int taken) => asked[Math.Clamp(taken, 0, asked.Length - 1)];

    /// <summary>The next step that changes what is asked; null when there is none.</summary>
    public Rung? Next(int taken) => next[Math.Clamp(taken, 0, next.Length - 1)];

    /// <param name="Step">How many steps are taken then.</param>
    /// <param name="Age">The age in line at which it is due, in ticks.</param>
    public readonly record struct Rung(int Step, long Age);
}
