using System.Collections.Immutable;
using System.Globalization;
using CustomerService.Pipelines.Plans;

namespace CustomerService.AgentConsole.Administration;

/// <summary>A task in the drawing.</summary>
/// <param name="X">Of its left edge.</param>
/// <param name="Y">Of its upper edge.</param>
public sealed record DrawnTask(PlannedTask Task, int X, int Y);

/// <summary>A line from a task to one that waits for it.</summary>
/// <param name="Path">For an SVG path's <c>d</c>.</param>
public sealed record DrawnLine(string From, string To, string Path);

/// <summary>A pipeline as a picture from left to right: what may run side by side stands in one column.</summary>
public sealed record PipelineDrawing(ImmutableArray<DrawnTask> Tasks, ImmutableArray<DrawnLine> Lines, int Width, int Height)
{
    public const int TaskWidth = 176;
    public const int TaskHeight = 58;
    private const int BetweenColumns = 56;
    private const int BetweenRows = 20;
    private const int Margin = 8;

    public static PipelineDrawing Of(PipelinePlan plan)
    {
        var stages = plan.Stages.ToList();
        var most = stages.Max(stage => stage.Count());
        var height = Margin + (most * (TaskHeight + BetweenRows)) - BetweenRows + Margin;
        var middles = new Dictionary<int, double>();
        var tasks = new List<DrawnTask>();
        foreach (var stage in stages)
        {
            // Beside what they wait for, so that few lines cross.
            var column = stage.OrderBy(task => task.Dependencies.Select(index => middles[index]).DefaultIfEmpty().Average()).ThenBy(task => task.Index).ToList();
            var top = (height - ((column.Count * (TaskHeight + BetweenRows)) - BetweenRows)) / 2;
            foreach (var (row, task) in column.Index())
            {
                var drawn = new DrawnTask(task, Margin + (stage.Key * (TaskWidth + BetweenColumns)), top + (row * (TaskHeight + BetweenRows)));
                middles[task.Index] = drawn.Y;
                tasks.Add(drawn);
            }
        }

        var places = tasks.ToDictionary(task => task.Task.Index);
        // Where another of them waits for it too, a line would say nothing new.
        var before = Before(plan);
        var lines = from task in tasks
                    from dependency in task.Task.Dependencies
                    where !task.Task.Dependencies.Any(other => before[other].Contains(dependency))
                    select Line(places[dependency], task);
        return new PipelineDrawing([.. tasks], [.. lines], (2 * Margin) + (stages.Count * (TaskWidth + BetweenColumns)) - BetweenColumns, height);
    }

    /// <summary>All that each task waits for, by index.</summary>
    private static HashSet<int>[] Before(PipelinePlan plan)
    {
        var before = new HashSet<int>[plan.Tasks.Length];
        foreach (var task in plan.Tasks.OrderBy(task => task.Stage))
            before[task.Index] = [.. task.Dependencies, .. task.Dependencies.SelectMany(index => before[index])];
        return before;
    }

    private static DrawnLine Line(DrawnTask from, DrawnTask to)
    {
        var (x1, y1, x2, y2) = (from.X + TaskWidth, from.Y + (TaskHeight / 2), to.X, to.Y + (TaskHeight / 2));
        var bend = Math.Max(BetweenColumns / 2, (x2 - x1) / 2);
        return new DrawnLine(from.Task.Id, to.Task.Id, string.Create(CultureInfo.InvariantCulture, $"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"));
    }
}
