import QtQuick
import QtQuick.Shapes

// A thin ring: an arc that goes round while nothing is known, or a share of the whole.
Item {
    id: root

    property real share: -1
    property bool spinning: visible && share < 0
    property real stroke: 3
    property color color: Look.text

    width: 72
    height: 72

    onSpinningChanged: if (!spinning) Qt.callLater(() => _shape.rotation = 0)  // a share begins at the top

    Shape {
        id: _shape

        anchors.fill: parent
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: Look.hover
            strokeWidth: root.stroke
            fillColor: "transparent"

            PathAngleArc {
                centerX: root.width / 2
                centerY: root.height / 2
                radiusX: (root.width - root.stroke) / 2
                radiusY: radiusX
                sweepAngle: 360
            }
        }
        ShapePath {
            strokeColor: root.color
            strokeWidth: root.stroke
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap

            PathAngleArc {
                centerX: root.width / 2
                centerY: root.height / 2
                radiusX: (root.width - root.stroke) / 2
                radiusY: radiusX
                startAngle: -90
                sweepAngle: root.share < 0 ? 80 : 360 * Math.min(1, root.share)
            }
        }

        RotationAnimator on rotation {
            running: root.spinning
            loops: Animation.Infinite
            from: 0
            to: 360
            duration: 1100
        }
    }
}
