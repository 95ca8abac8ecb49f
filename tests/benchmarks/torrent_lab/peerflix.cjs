// peerflix (torrent-stream) as a streaming server: node peerflix.cjs MODULES TARGET FOLDER host:port,...
// Prints LISTEN, waits for a line, then prints PATH (what to ask for) once it serves.
const fs = require('node:fs')
const net = require('node:net')

const [modules, target, folder, peers] = process.argv.slice(2)
const peerflix = require(`${modules}/peerflix`)
const probe = net.createServer().listen(0, '127.0.0.1', () => {
  const port = probe.address().port
  probe.close(() => {
    console.log('LISTEN', port)
    process.stdin.once('data', () => {
      const engine = peerflix(target.startsWith('magnet:') ? target : fs.readFileSync(target), {
        dht: false,
        tracker: false,
        path: folder,
        tmp: `${folder}/tmp`,
        port,
        hostname: '127.0.0.1',
        connections: 100,
        verify: true
      })
      engine.server.on('listening', () => console.log('PATH', '/'))
      for (const peer of peers.split(',')) engine.connect(peer)
    })
  })
})
