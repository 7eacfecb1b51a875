using CustomerService.AgentConsole.Administration;
using CustomerService.Pipelines.Actions;
using CustomerService.Pipelines.Plans;

namespace CustomerService.AgentConsole.Tests.Administration;

public sealed class PipelineDrawingTests
{
    private static readonly PipelinePlan Plan = new PipelineChecker([new Step()]).Check(
        """
        id: p
        name: A pipeline
        version: "1"
        tasks:
          - { id: first, action: step }
          - { id: left, action: step, dependencies: [first] }
          - { id: right, action: step, dependencies: [first] }
          - { id: last, action: step, dependencies: [first, left, right] }
        """, "p.yaml").PlanOrThrow();

    private readonly PipelineDrawing _drawing = PipelineDrawing.Of(Plan);

    [Fact]
    public void What_waits_stands_to_the_right_of_what_it_waits_for()
    {
        var x = _drawing.Tasks.ToDictionary(task => task.Task.Id, task => task.X);

        Assert.True(x["first"] < x["left"] && x["left"] < x["last"]);
        Assert.Equal(x["left"], x["right"]);
    }

    [Fact]
    public void Tasks_do_not_cover_each_other_and_stay_in_the_picture()
    {
        foreach (var task in _drawing.Tasks)
        {
            Assert.InRange(task.X, 0, _drawing.Width - PipelineDrawing.TaskWidth);
            Assert.InRange(task.Y, 0, _drawing.Height - PipelineDrawing.TaskHeight);
            Assert.DoesNotContain(_drawing.Tasks, other => other != task && Math.Abs(other.X - task.X) < PipelineDrawing.TaskWidth && Math.Abs(other.Y - task.Y) < PipelineDrawing.TaskHeight);
        }
    }

    [Fact]
    public void A_line_that_others_imply_is_left_out() =>
        Assert.Equal(["first-left", "first-right", "left-last", "right-last"], _drawing.Lines.Select(line => $"{line.From}-{line.To}").Order());

    private sealed class Step : IPipelineAction
    {
        public ActionContract Contract { get; } = new("step", "Does nothing.", [], ["done"]);

        public ValueTask<ActionResult> RunAsync(ActionCall call, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
