using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Queues.Matching;

/// <summary>What a conversation asks at each step of a queue's relaxation. A step that changes nothing for it is passed over.</summary>
internal static class Relaxation
{
    /// <summary>What is asked when so many steps are taken.</summary>
    public static Requirement At(ImmutableArray<RelaxationStep> steps, Requirement first, int taken)
    {
        var asked = first;
        foreach (var step in steps.OrEmpty().Take(taken))
            asked = asked.After(step);
        return asked;
    }

    /// <summary>
    /// The next step that changes what is asked, and the age at which it is due; null when there is none. A step is due when all
    /// before it are.
    /// </summary>
    public static (int Step, TimeSpan Age)? Next(ImmutableArray<RelaxationStep> steps, Requirement first, int taken)
    {
        var (asked, age) = (first, 0d);
        for (var index = 0; index < steps.OrEmpty().Length; index++)
        {
            var next = asked.After(steps[index]);
            age = Math.Max(age, steps[index].AfterSeconds);
            if (index >= taken && !next.Equals(asked))
                return (index + 1, TimeSpan.FromSeconds(age));
            asked = next;
        }

        return null;
    }
}
