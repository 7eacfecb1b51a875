using System.Collections.Immutable;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Pipelines.Plans;

/// <summary>Who waits for whom. Arrays by the task's place in the file.</summary>
internal sealed record TaskOrder(
    ImmutableArray<ImmutableArray<int>> Dependencies, ImmutableArray<ImmutableArray<int>> Dependents, ImmutableArray<int> Stages)
{
    /// <summary>The order; null, with a finding that names the path, when tasks wait for each other in a circle.</summary>
    public static TaskOrder? Of(ImmutableArray<TaskDefinition> tasks, ImmutableArray<SortedSet<int>> dependsOn, Findings findings)
    {
        var stages = new int[tasks.Length];
        var waiting = dependsOn.Select(set => set.Count).ToArray();
        var dependents = Enumerable.Range(0, tasks.Length)
            .Select(index => Enumerable.Range(0, tasks.Length).Where(other => dependsOn[other].Contains(index)).ToImmutableArray())
            .ToImmutableArray();
        var ready = new Queue<int>(Enumerable.Range(0, tasks.Length).Where(index => waiting[index] == 0));
        var ordered = 0;
        while (ready.TryDequeue(out var index))
        {
            ordered++;
            foreach (var dependent in dependents[index])
            {
                stages[dependent] = Math.Max(stages[dependent], stages[index] + 1);
                if (--waiting[dependent] == 0)
                    ready.Enqueue(dependent);
            }
        }

        if (ordered == tasks.Length)
            return new TaskOrder([.. dependsOn.Select(set => set.ToImmutableArray())], dependents, [.. stages]);
        Report(tasks, dependsOn, waiting, findings);
        return null;
    }

    private static void Report(ImmutableArray<TaskDefinition> tasks, ImmutableArray<SortedSet<int>> dependsOn, int[] waiting, Findings findings)
    {
        // Every task that still waits has one that still waits before it: walking back must come round.
        var path = new List<int>();
        var at = Array.FindIndex(waiting, count => count > 0);
        while (!path.Contains(at))
        {
            path.Add(at);
            at = dependsOn[at].First(dependency => waiting[dependency] > 0);
        }

        var circle = path[path.IndexOf(at)..];
        circle.Reverse();
        var first = circle.IndexOf(circle.Min());
        circle = [.. circle[first..], .. circle[..first]];
        var names = string.Join(" → ", circle.Append(circle[0]).Select(index => tasks[index].Id.Value));
        var place = tasks[circle[0]];
        if (circle.Count == 1)
            findings.Error(place.Id.At, $"the task '{place.Id.Value}' waits for itself", "remove it from its dependencies");
        else
            findings.Error(place.Id.At, $"tasks wait for each other in a circle: {names}", "remove one of these dependencies, or the reference that makes it");
    }
}
